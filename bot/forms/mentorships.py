"""The forms about a mentorship: goals and cadence, a pause, an end."""

from dataclasses import dataclass
from datetime import timedelta

from bot.forms.answers import Answers, Values, known
from bot.ids import Field
from bot.payloads import BadPayload
from core.rules.agreements import CADENCES
from core.rules.matches import PAUSES, EndReason


@dataclass(frozen=True)
class GoalsAnswers:
    """What to reach, and every how many days to meet."""

    goals: str
    cadence_days: int


@dataclass(frozen=True)
class EndAnswers:
    """Why, for staff."""

    reason: EndReason
    note: str


def goals_answers(values: Values) -> GoalsAnswers:
    """What is proposed."""
    told = Answers(values)
    every = told.choice(Field.CADENCE)
    if every not in CADENCES:
        raise BadPayload(f"{Field.CADENCE}: no such option")
    return GoalsAnswers(told.text(Field.GOALS), CADENCES[every])


def pause_span(values: Values) -> timedelta:
    """For how long."""
    span = Answers(values).choice(Field.PAUSE_SPAN)
    if span not in PAUSES:
        raise BadPayload(f"{Field.PAUSE_SPAN}: no such option")
    return PAUSES[span]


def end_answers(values: Values) -> EndAnswers:
    """Why it ends."""
    told = Answers(values)
    return EndAnswers(known(Field.END_REASON, EndReason, told.choice(Field.END_REASON)), told.text(Field.END_NOTE))
