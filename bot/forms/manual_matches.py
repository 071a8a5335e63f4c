"""The forms by which staff confirm and end a match."""

from dataclasses import dataclass

from bot.forms.answers import Answers, Values
from bot.ids import Field


@dataclass(frozen=True)
class Reason:
    """Why, and whether a full or paused mentor is meant all the same."""

    why: str
    overruled: bool


def reason(values: Values) -> Reason:
    """What staff gave as their reason."""
    told = Answers(values)
    return Reason(told.text(Field.BY_HAND_WHY), bool(told.choices(Field.BY_HAND_OVERRULED)))
