"""How mentorships and answers are rated, month by month, on the reader's calendar. For staff."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, SQLColumnExpression, func, select

from core.models import Feedback, Match, Question
from core.services.trends import Span, within
from core.uow import Reading


@dataclass(frozen=True)
class Rated:
    """So many ratings from 1 to 5, and their mean."""

    number: int = 0
    mean: float | None = None


@dataclass(frozen=True)
class Month:
    """The ratings that were given in a month."""

    first: date
    mentorships: Rated
    answers: Rated


def ratings(reading: Reading, span: Span) -> tuple[Month, ...]:
    """Each month of a span. Quick questions belong to no cohort: where one is asked for, they are left out."""
    said = _by_month(span, Feedback.said_at, Feedback.rating)
    if span.cohort_id is not None:
        said = said.join(Match, Match.id == Feedback.match_id).where(Match.cohort_id == span.cohort_id)
    mentorships = _found(reading, said)
    answers = {} if span.cohort_id else _found(reading, _by_month(span, Question.rated_at, Question.rating))
    return tuple(Month(first, mentorships.get(first, Rated()), answers.get(first, Rated())) for first in _months(span))


def _by_month(
    span: Span, moment: SQLColumnExpression[Any], rating: SQLColumnExpression[int | None]
) -> Select[*tuple[Any, ...]]:
    month = func.date_trunc("month", func.timezone(span.tz, moment))
    return (
        select(month, func.count(), func.avg(rating)).where(rating.is_not(None), within(span, moment)).group_by(month)
    )


def _found(reading: Reading, statement: Select[*tuple[Any, ...]]) -> Mapping[date, Rated]:
    return {month.date(): Rated(number, float(mean)) for month, number, mean in reading.session.execute(statement)}


def _months(span: Span) -> list[date]:
    months, first = [], span.first.replace(day=1)
    while first <= span.last:
        months.append(first)
        first = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return months
