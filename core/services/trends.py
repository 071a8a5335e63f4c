"""The programme over time, for staff: by week, from request to meetings, and what mentors answer.

All of it is of a span of time and, if asked, of one cohort. Weeks begin on Monday, on the reader's calendar.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, func, select

from core.models import Cohort, Match, Meeting, Offer, Request
from core.rules.meetings import MeetingState
from core.rules.offers import DeclineReason, OfferState
from core.uow import Reading

Statement = Select[*tuple[Any, ...]]
A_WEEK = timedelta(weeks=1)
ENOUGH = 3
"""So many meetings, and a match has come to something."""


@dataclass(frozen=True)
class Span:
    """From the beginning of one day to the end of another, on somebody's calendar; all cohorts, or one."""

    first: date
    last: date
    tz: str
    cohort_id: UUID | None = None

    @property
    def since(self) -> datetime:
        """The moment when it begins."""
        return datetime(self.first.year, self.first.month, self.first.day, tzinfo=ZoneInfo(self.tz))

    @property
    def until(self) -> datetime:
        """The moment when it is over."""
        after = self.last + timedelta(days=1)
        return datetime(after.year, after.month, after.day, tzinfo=ZoneInfo(self.tz))

    @property
    def mondays(self) -> tuple[date, ...]:
        """The weeks that lie in it, the first one perhaps in part."""
        first = self.first - timedelta(days=self.first.weekday())
        return tuple(first + week * A_WEEK for week in range((self.last - first) // A_WEEK + 1))


@dataclass(frozen=True)
class Week:
    """What happened in a week: requests that came, matches that began, and the median wait of those."""

    monday: date
    requests: int
    matches: int
    hours_to_match: float | None


@dataclass(frozen=True)
class Funnel:
    """How far the requests of a span came."""

    requests: int
    offered: int
    matched: int
    met: int
    met_often: int


@dataclass(frozen=True)
class Trends:
    """A span of the programme."""

    weeks: tuple[Week, ...]
    funnel: Funnel
    answers: Mapping[OfferState, int]
    declines: Mapping[DeclineReason, int]


def trends(reading: Reading, span: Span) -> Trends:
    """The figures of a span. For staff: others would count only what they may see."""
    return Trends(_weeks(reading, span), _funnel(reading, span), _answers(reading, span), _declines(reading, span))


def cohorts(reading: Reading) -> tuple[tuple[UUID, str], ...]:
    """The cohorts there are, by name."""
    rows = reading.session.execute(select(Cohort.id, Cohort.name).order_by(Cohort.name))
    return tuple((row.id, row.name) for row in rows)


def within(span: Span, moment: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """Whether a moment lies in a span."""
    return (moment >= span.since) & (moment < span.until)


def _of_cohort(span: Span, statement: Statement, table: type[Request | Match]) -> Statement:
    return statement if span.cohort_id is None else statement.where(table.cohort_id == span.cohort_id)


def _weeks(reading: Reading, span: Span) -> tuple[Week, ...]:
    asked = _by_week(span, Request, Request.created_at, func.count())
    begun = _by_week(span, Match, Match.started_at, func.count())
    hours = func.extract("epoch", Match.started_at - Request.created_at) / 3600.0
    waited = _by_week(span, Match, Match.started_at, func.percentile_cont(0.5).within_group(hours))
    waited = waited.join(Request, Request.id == Match.request_id)
    requests, matches, waits = (
        {monday.date(): figure for monday, figure in reading.session.execute(statement)}
        for statement in (asked, begun, waited)
    )
    return tuple(Week(day, requests.get(day, 0), matches.get(day, 0), waits.get(day)) for day in span.mondays)


def _by_week(
    span: Span, table: type[Request | Match], moment: SQLColumnExpression[datetime], figure: ColumnElement[Any]
) -> Statement:
    """A figure by the Monday of its week, which is a time without a zone: it was read on the reader's calendar."""
    monday = func.date_trunc("week", func.timezone(span.tz, moment))
    return _of_cohort(span, select(monday, figure).select_from(table).where(within(span, moment)), table).group_by(
        monday
    )


def _funnel(reading: Reading, span: Span) -> Funnel:
    """Counted from whole tables at once: looking at each request by itself takes ten times as long."""
    asked = select(Offer.request_id).distinct().subquery()
    held = (
        select(Meeting.match_id, func.count().label("meetings"))
        .where(Meeting.state == MeetingState.HELD)
        .group_by(Meeting.match_id)
        .subquery()
    )
    led = (
        select(Match.request_id, func.sum(held.c.meetings).label("meetings"))
        .outerjoin(held, held.c.match_id == Match.id)
        .group_by(Match.request_id)
        .subquery()
    )
    counted = (
        select(
            func.count(),
            func.count(func.coalesce(asked.c.request_id, led.c.request_id)),
            func.count(led.c.request_id),
            func.count().filter(led.c.meetings >= 1),
            func.count().filter(led.c.meetings >= ENOUGH),
        )
        .select_from(Request)
        .outerjoin(asked, asked.c.request_id == Request.id)
        .outerjoin(led, led.c.request_id == Request.id)
        .where(within(span, Request.created_at))
    )
    return Funnel(*reading.session.execute(_of_cohort(span, counted, Request)).one())


def _answers(reading: Reading, span: Span) -> dict[OfferState, int]:
    found = {row[0]: row[1] for row in reading.session.execute(_offers(span, Offer.state))}
    return {state: found.get(state, 0) for state in OfferState}


def _declines(reading: Reading, span: Span) -> dict[DeclineReason, int]:
    declined = _offers(span, Offer.decline_reason).where(Offer.decline_reason.is_not(None))
    found = {row[0]: row[1] for row in reading.session.execute(declined)}
    return {reason: found.get(reason, 0) for reason in DeclineReason}


def _offers(span: Span, by: SQLColumnExpression[Any]) -> Statement:
    counted = select(by, func.count()).select_from(Offer).where(within(span, Offer.created_at)).group_by(by)
    if span.cohort_id is None:
        return counted
    return _of_cohort(span, counted.join(Request, Request.id == Offer.request_id), Request)
