"""The forms about a match: how it is going, and private help."""

from dataclasses import dataclass
from uuid import UUID

from bot.forms.answers import Answers, Values
from bot.ids import Field
from bot.payloads import BadPayload
from core.rules.checkins import Rating


@dataclass(frozen=True)
class HelpAnswers:
    """What happened, and whether the two are to be kept apart."""

    what: str
    apart: bool


def rating_answers(values: Values) -> Rating:
    """How it is going."""
    told = Answers(values)
    rating = told.choice(Field.FEEDBACK_RATING)
    if rating not in ("1", "2", "3", "4", "5"):
        raise BadPayload(f"{Field.FEEDBACK_RATING}: no such option")
    return Rating(int(rating), told.text(Field.FEEDBACK_COMMENT), bool(told.choices(Field.FEEDBACK_SHARED)))


def chosen_match(values: Values) -> UUID:
    """Which match it is about, where there was a choice."""
    try:
        return UUID(Answers(values).choice(Field.FEEDBACK_WITH))
    except ValueError:
        raise BadPayload("feedback without a match") from None


def help_answers(values: Values) -> HelpAnswers:
    """What staff are told."""
    told = Answers(values)
    return HelpAnswers(told.text(Field.HELP_WHAT), bool(told.choices(Field.HELP_BLOCK)))
