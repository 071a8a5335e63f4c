"""The form with which a mentor declines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.forms.answers import Answers, Values, known
from bot.ids import Field
from bot.payloads import BadPayload
from core.rules.offers import DeclineReason

# As mentors read them; the first is where nothing was picked.
PAUSES: Mapping[str, timedelta | None] = {
    "No": None,
    "2 weeks": timedelta(weeks=2),
    "1 month": timedelta(days=30),
    "3 months": timedelta(days=91),
}


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
