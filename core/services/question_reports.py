"""Quick questions in figures, for staff."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from core.models import Question, QuestionClaim
from core.rules.questions import ClaimEnding, QuestionState
from core.services.trends import Span, within
from core.uow import Reading

A_DAY = timedelta(hours=24)
LOST = (ClaimEnding.RELEASED, ClaimEnding.SILENT)


@dataclass(frozen=True)
class QuestionStats:
    """How the questions did that were posted in some time, and what is open at this moment.

    `in_time` is the share of those that were claimed within 24 hours, among those of which it is known: claimed, or
    posted longer ago. What was taken back within the day, unclaimed, counts neither way.
    """

    asked: int
    in_time: float | None
    hours_to_claim: float | None  # median, from the post to the first claim
    answered: int
    mean_rating: float | None
    open_now: int
    reopened: int  # claims that ended in release or silence


@dataclass(frozen=True)
class QuestionWeek:
    """The questions that were posted in a week: as in `QuestionStats`."""

    monday: date
    asked: int = 0
    in_time: float | None = None
    hours_to_claim: float | None = None


def question_stats(reading: Reading, since: datetime | None = None, until: datetime | None = None) -> QuestionStats:
    """The figures of questions posted from `since` until `until`. For staff: others would count what they may see."""
    posted: list[ColumnElement[bool]] = [Question.posted_at.is_not(None)]
    posted += [Question.posted_at >= since] if since else []
    posted += [Question.posted_at < until] if until else []
    answered = func.count().filter(Question.state == QuestionState.ANSWERED)
    statement = _claims(reading.now).add_columns(answered, func.avg(Question.rating)).where(*posted)
    asked, claimed, settled, median, answers, rating = reading.session.execute(statement).one()
    open_now = select(func.count()).where(Question.state == QuestionState.OPEN)
    lost = select(func.count()).select_from(QuestionClaim).join(Question, Question.id == QuestionClaim.question_id)
    return QuestionStats(
        asked=asked,
        in_time=claimed / settled if settled else None,
        hours_to_claim=None if median is None else float(median),
        answered=answers,
        mean_rating=None if rating is None else float(rating),
        open_now=reading.session.scalars(open_now).one(),
        reopened=reading.session.scalars(lost.where(QuestionClaim.ending.in_(LOST), *posted)).one(),
    )


def question_weeks(reading: Reading, span: Span) -> tuple[QuestionWeek, ...]:
    """Each week of a span, on the reader's calendar. Questions belong to no cohort. For staff."""
    monday = func.date_trunc("week", func.timezone(span.tz, Question.posted_at))
    weekly = _claims(reading.now).add_columns(monday).where(within(span, Question.posted_at)).group_by(monday)
    found = {
        day.date(): QuestionWeek(
            day.date(), asked, claimed / settled if settled else None, None if median is None else float(median)
        )
        for asked, claimed, settled, median, day in reading.session.execute(weekly)
    }
    return tuple(found.get(day, QuestionWeek(day)) for day in span.mondays)


def _claims(now: datetime) -> Select[*tuple[Any, ...]]:
    """Of questions: how many, how many claimed in time, of how many that is known, and the median to the claim."""
    first = (
        select(QuestionClaim.question_id, func.min(QuestionClaim.claimed_at).label("at"))
        .group_by(QuestionClaim.question_id)
        .subquery()
    )
    in_time = first.c.at <= Question.posted_at + A_DAY
    taken_back = and_(first.c.at.is_(None), Question.closed_at <= Question.posted_at + A_DAY)
    known = and_(or_(in_time, Question.posted_at <= now - A_DAY), ~func.coalesce(taken_back, False))
    hours = func.extract("epoch", first.c.at - Question.posted_at) / 3600.0
    return (
        select(
            func.count(),
            func.count().filter(in_time),
            func.count().filter(known),
            func.percentile_cont(0.5).within_group(hours),
        )
        .select_from(Question)
        .outerjoin(first, first.c.question_id == Question.id)
    )
