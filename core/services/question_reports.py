"""Quick questions in figures, for staff."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select

from core.models import Question, QuestionClaim
from core.rules.questions import ClaimEnding, QuestionState
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


def question_stats(reading: Reading, since: datetime | None = None, until: datetime | None = None) -> QuestionStats:
    """The figures of questions posted from `since` until `until`. For staff: others would count what they may see."""
    posted: list[ColumnElement[bool]] = [Question.posted_at.is_not(None)]
    posted += [Question.posted_at >= since] if since else []
    posted += [Question.posted_at < until] if until else []
    first = (
        select(QuestionClaim.question_id, func.min(QuestionClaim.claimed_at).label("at"))
        .group_by(QuestionClaim.question_id)
        .subquery()
    )
    in_time = first.c.at <= Question.posted_at + A_DAY
    taken_back = and_(first.c.at.is_(None), Question.closed_at <= Question.posted_at + A_DAY)
    known = and_(or_(in_time, Question.posted_at <= reading.now - A_DAY), ~func.coalesce(taken_back, False))
    hours = func.extract("epoch", first.c.at - Question.posted_at) / 3600.0
    asked, claimed, settled, median, answered, rating = reading.session.execute(
        select(
            func.count(),
            func.count().filter(in_time),
            func.count().filter(known),
            func.percentile_cont(0.5).within_group(hours),
            func.count().filter(Question.state == QuestionState.ANSWERED),
            func.avg(Question.rating),
        )
        .outerjoin(first, first.c.question_id == Question.id)
        .where(*posted)
    ).one()
    open_now = select(func.count()).where(Question.state == QuestionState.OPEN)
    lost = select(func.count()).select_from(QuestionClaim).join(Question, Question.id == QuestionClaim.question_id)
    return QuestionStats(
        asked=asked,
        in_time=claimed / settled if settled else None,
        hours_to_claim=None if median is None else float(median),
        answered=answered,
        mean_rating=None if rating is None else float(rating),
        open_now=reading.session.scalars(open_now).one(),
        reopened=reading.session.scalars(lost.where(QuestionClaim.ending.in_(LOST), *posted)).one(),
    )
