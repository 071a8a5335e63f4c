"""Which span of time, and which cohort, a page of figures is about: read from its address, and chosen on the page."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Request

from core.services.trends import Span
from web.admin.ways import rule

USUAL = timedelta(weeks=26)
YEARS = range(2000, 2200)
LONGEST = timedelta(weeks=3 * 52)


@dataclass(frozen=True)
class Chosen:
    """A span, the cohorts one may choose, and the name of the one that was."""

    span: Span
    cohorts: tuple[tuple[UUID, str], ...]

    @property
    def cohort(self) -> str:
        """The cohort's name; empty for all."""
        return next((name for id_, name in self.cohorts if id_ == self.span.cohort_id), "")

    def filter(self, moment: str, *more: str) -> str:
        """The filter of a list that finds the rows of this span: those whose column `moment` lies within it."""
        return during(moment, self.span.first, self.span.last, *more, *self.of_cohort())

    def of_cohort(self) -> tuple[str, ...]:
        """The rule of a list for the cohort, if one was chosen."""
        return (rule("cohort", "eq", self.cohort),) if self.cohort else ()


def during(moment: str, first: date, last: date, *more: str) -> str:
    """The filter for rows whose column lies between two days, both included, on the reader's calendar."""
    return " AND ".join([f"{moment}__between={first}T00:00..{last}T23:59:59.999999", *more])


def chosen(request: Request, tz: str, now: datetime, cohorts: tuple[tuple[UUID, str], ...]) -> Chosen:
    """What the address asks for; the last half year of all where it does not say, or says nothing sensible."""
    asked = request.query_params
    today = now.astimezone(ZoneInfo(tz)).date()
    last = _day(asked.get("until", "")) or today
    first = _day(asked.get("since", "")) or last - USUAL
    first = max(min(first, last), last - LONGEST)
    cohort = next((id_ for id_, _ in cohorts if str(id_) == asked.get("cohort")), None)
    return Chosen(Span(first, last, tz, cohort), cohorts)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None
