"""How much there is of what operators watch, counted in the database at the moment they look."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from core.models import Match, MatchingRun, Notification, NotificationState, Offer, Question, Request
from core.rules.matches import LIVE
from core.rules.offers import OfferState
from core.rules.questions import QuestionState
from core.rules.requests import OPEN
from core.rules.runs import RunState
from core.uow import Reading

WAITING = (NotificationState.PENDING, NotificationState.SENDING)


@dataclass(frozen=True)
class Gauges:
    """Counts by state, and how long the message waits that has been due longest, in seconds (0 if none is due)."""

    requests: Mapping[str, int]
    messages_due: int
    oldest_due_seconds: float
    messages_failed: int
    offers_open: int
    matches_running: int
    questions_open: int
    runs_waiting: int


def gauges(reading: Reading) -> Gauges:
    """Count them. An index on few rows answers each count but that of failed messages, which reads the outbox."""

    def counted(*which: ColumnElement[bool]) -> int:
        return reading.session.scalars(select(func.count()).where(*which)).one()

    due = (Notification.state.in_(WAITING), Notification.not_before <= reading.now)
    oldest = reading.session.scalar(select(func.min(Notification.not_before)).where(*due))
    by_state = select(Request.state, func.count()).where(Request.state.in_(OPEN)).group_by(Request.state)
    found = {state.value: number for state, number in reading.session.execute(by_state)}
    return Gauges(
        requests={state.value: found.get(state.value, 0) for state in sorted(OPEN)},
        messages_due=counted(*due),
        oldest_due_seconds=(reading.now - oldest).total_seconds() if oldest else 0.0,
        messages_failed=counted(Notification.state == NotificationState.FAILED),
        offers_open=counted(Offer.state == OfferState.OPEN),
        matches_running=counted(Match.state.in_(LIVE)),
        questions_open=counted(Question.state == QuestionState.OPEN),
        runs_waiting=counted(MatchingRun.state == RunState.ASKED),
    )
