"""The first page: how the programme stands, how it went, and behind each figure the rows that it counts."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from starlette_admin import CustomView
from starlette_admin.widgets import BaseWidget, Breakpoints, CardRowWidget, Col, ColumnWidget, HtmlWidget, StatWidget

from core.figure_words import Figure, of_programme, of_questions
from core.services.demand import Field, Load, demand, loads
from core.services.health_days import HealthWeek, health_weeks
from core.services.question_reports import QuestionStats, QuestionWeek, question_stats, question_weeks
from core.services.ratings import Month, ratings
from core.services.reports import Stats, stats
from core.services.trends import Trends, cohorts, trends
from core.uow import Reading
from web.admin.care import claims, health, rated
from web.admin.charts import Chart, known
from web.admin.course import course
from web.admin.present import busy, recruiting
from web.admin.reading import reading_of
from web.admin.spans import Chosen, chosen
from web.admin.ways import OPEN, RUNNING, rows_of
from web.auth.door import staff

CARD = Breakpoints(default=6, lg=3)
HALF = Breakpoints(default=12, lg=6)


ROWS: Mapping[Figure, str] = {
    Figure.STUDENTS: rows_of("students", "state__eq=active"),
    Figure.MENTORS: rows_of("mentors", "room__neq=gone"),
    Figure.FREE_PLACES: rows_of("mentors", "room__eq=free"),
    Figure.OPEN_REQUESTS: rows_of("requests", OPEN),
    Figure.WAITING: rows_of("requests", "state__eq=waiting"),
    Figure.WITH_STAFF: rows_of("requests", "state__eq=staff"),
    Figure.RUNNING: rows_of("matches", RUNNING),
    Figure.TO_MATCH: rows_of("requests", "hours_to_match__is_not_null"),
    Figure.ASKED: rows_of("questions", "posted_at__is_not_null"),
    Figure.IN_TIME: rows_of("questions", "hours_to_claim__lte=24"),
    Figure.TO_CLAIM: rows_of("questions", "hours_to_claim__is_not_null"),
    Figure.ANSWERED: rows_of("questions", "state__eq=answered"),
    Figure.RATING: rows_of("questions", "rating__is_not_null"),
    Figure.OPEN_NOW: rows_of("questions", "state__eq=open"),
    Figure.LOST: rows_of("questions", "lost__gt=0"),
}
"""Where the rows behind each figure are."""


@dataclass(frozen=True)
class Programme:
    """All that the page shows."""

    shown: Chosen
    today: Stats
    past: Trends
    fields: tuple[Field, ...]
    loads: Mapping[Load, int]
    health: tuple[HealthWeek, ...]
    ratings: tuple[Month, ...]
    asked: QuestionStats
    questions: tuple[QuestionWeek, ...]


class Overview(CustomView):
    """The page at `/admin/`."""

    menu_label, icon, path = "Overview", "fa fa-chart-line", "/"

    async def _resolve_widget(self, request: Request) -> BaseWidget:
        seen = await run_in_threadpool(read, reading_of(request), request, staff(request).tz)
        request.state.chosen = seen.shown
        request.state.is_empty = is_empty(seen.past)
        return ColumnWidget(
            children=[
                _cards(of_programme(seen.today)),
                *([] if is_empty(seen.past) else [_charts(*course(seen.shown, seen.past))]),
                *_titled("Mentorships", _doing(seen)),
                *_titled("Mentors at this moment", _mentors(seen)),
                _heading("Quick questions"),
                _cards(of_questions(seen.asked)),
                *([_charts(*claims(seen.shown, seen.questions))] if any(week.asked for week in seen.questions) else []),
            ]
        )


def read(reading: Reading, request: Request, tz: str) -> Programme:
    """Read it all, at one moment."""
    shown = chosen(request, tz, reading.now, cohorts(reading))
    return Programme(
        shown=shown,
        today=stats(reading),
        past=trends(reading, shown.span),
        fields=demand(reading),
        loads=loads(reading),
        health=health_weeks(reading, shown.span),
        ratings=ratings(reading, shown.span),
        asked=question_stats(reading),
        questions=question_weeks(reading, shown.span),
    )


def _doing(seen: Programme) -> list[Chart]:
    """How mentorships do, as far as anything is known of it."""
    drawn = [health(seen.health)] if any(week.counts and sum(week.counts.values()) for week in seen.health) else []
    given = any(month.mentorships.number or month.answers.number for month in seen.ratings)
    return [*drawn, rated(seen.shown, seen.ratings)] if given else drawn


def _mentors(seen: Programme) -> list[Chart]:
    drawn = [recruiting(seen.fields)] if seen.fields else []
    return [*drawn, busy(seen.loads)] if any(seen.loads.values()) else drawn


def _titled(words: str, drawn: list[Chart]) -> list[BaseWidget]:
    return [_heading(words), _charts(*drawn)] if drawn else []


def _charts(*drawn: Chart) -> CardRowWidget:
    return CardRowWidget(children=[Col(chart, HALF) for chart in drawn])


def _heading(words: str) -> HtmlWidget:
    return HtmlWidget(f'<h2 class="mt-4 mb-2">{words}</h2>')


def is_empty(past: Trends) -> bool:
    """Whether nothing happened in a span, so that there is nothing to draw."""
    return not (past.funnel.requests or any(past.answers.values()) or any(week.matches for week in past.weeks))


def _cards(figures: Mapping[Figure, str]) -> CardRowWidget:
    return CardRowWidget(children=[Col(_card(figure, told), CARD) for figure, told in figures.items()])


def _card(figure: Figure, told: str) -> StatWidget:
    return StatWidget(figure.value, known(told), ROWS[figure], color="secondary")
