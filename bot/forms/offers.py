"""The form with which a mentor declines."""

from dataclasses import dataclass
from datetime import timedelta

from bot.forms.answers import Answers, Values, known
from bot.ids import Field
from bot.payloads import BadPayload
from core.rules.mentoring import PAUSES
from core.rules.offers import DeclineReason


@dataclass(frozen=True)
class DeclineAnswers:
    """Why not, for how long nobody else, and a note."""

    reason: DeclineReason
    pause: timedelta | None
    note: str


def decline_answers(values: Values) -> DeclineAnswers:
    """What the mentor answered."""
    told = Answers(values)
    pause = told.choice(Field.DECLINE_PAUSE) or next(iter(PAUSES))
    if pause not in PAUSES:
        raise BadPayload(f"{Field.DECLINE_PAUSE}: no such option")
    return DeclineAnswers(
        reason=known(Field.DECLINE_REASON, DeclineReason, told.choice(Field.DECLINE_REASON)),
        pause=PAUSES[pause],
        note=told.text(Field.DECLINE_NOTE),
    )
