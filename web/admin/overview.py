"""The first page: how the programme stands, how it went, and behind each figure the rows that it counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from starlette_admin import CustomView
from starlette_admin.widgets import BaseWidget, Breakpoints, CardRowWidget, Col, ColumnWidget, HtmlWidget, StatWidget

from core.services.question_reports import QuestionStats, question_stats
from core.services.reports import Stats, stats
from core.services.trends import Trends, cohorts, trends
from web.admin.charts import known
from web.admin.course import course
from web.admin.reading import reading_of
from web.admin.spans import Chosen, chosen
from web.admin.ways import rows_of
from web.auth.door import staff

OPEN = "state__in=searching,offered,waiting,staff"
RUNNING = "state__in=pending,active,paused"
CARD = Breakpoints(default=6, lg=3)
QUESTIONS = HtmlWidget('<h2 class="mt-4 mb-2">Quick questions</h2>')


@dataclass(frozen=True)
class Figure:
    """One number that stands by itself, and where its rows are."""

    title: str
    value: str
    link: str
    description: str = ""


class Overview(CustomView):
    """The page at `/admin/`."""

    menu_label, icon, path = "Overview", "fa fa-chart-line", "/"

    async def _resolve_widget(self, request: Request) -> BaseWidget:
        person, reading = staff(request), reading_of(request)

        def read() -> tuple[Chosen, Stats, QuestionStats, Trends]:
            shown = chosen(request, person.tz, reading.now, cohorts(reading))
            return shown, stats(reading), question_stats(reading), trends(reading, shown.span)

        shown, today, asked, past = await run_in_threadpool(read)
        request.state.chosen = shown
        request.state.is_empty = is_empty(past)
        drawn = [] if is_empty(past) else course(shown, past)
        return ColumnWidget(children=[_cards(figures(today)), *drawn, QUESTIONS, _cards(question_figures(asked))])


def is_empty(past: Trends) -> bool:
    """Whether nothing happened in a span, so that there is nothing to draw."""
    return not (past.funnel.requests or any(past.answers.values()) or any(week.matches for week in past.weeks))


def figures(today: Stats) -> tuple[Figure, ...]:
    """How the programme stands now: the figures of `/mentor-admin stats`, in its order."""
    waited = "–" if today.hours_to_match is None else f"{today.hours_to_match:,.1f} h"
    return (
        Figure("Students", f"{today.students:,}", rows_of("students", "state__eq=active")),
        Figure("Mentors", f"{today.mentors:,}", rows_of("mentors", "room__neq=gone")),
        Figure("Free places", f"{today.free_places:,}", rows_of("mentors", "room__eq=free")),
        Figure("Open requests", f"{today.open_requests:,}", rows_of("requests", OPEN)),
        Figure("On the waiting list", f"{today.waiting:,}", rows_of("requests", "state__eq=waiting")),
        Figure("With staff", f"{today.with_staff:,}", rows_of("requests", "state__eq=staff")),
        Figure("Running mentorships", f"{today.live_matches:,}", rows_of("matches", RUNNING)),
        Figure("Request to match", waited, rows_of("requests", "hours_to_match__is_not_null"), "median"),
    )


def question_figures(asked: QuestionStats) -> tuple[Figure, ...]:
    """How quick questions do since the first: those of `/mentor-admin stats`, in its order."""
    in_time = "–" if asked.in_time is None else f"{asked.in_time:.0%}"
    claimed = "–" if asked.hours_to_claim is None else f"{asked.hours_to_claim:,.1f} h"
    rating = "–" if asked.mean_rating is None else f"{asked.mean_rating:.1f} of 5"
    return (
        Figure("Asked", f"{asked.asked:,}", rows_of("questions", "posted_at__is_not_null")),
        Figure("Claimed within 24 hours", in_time, rows_of("questions", "hours_to_claim__lte=24")),
        Figure("Question to claim", claimed, rows_of("questions", "hours_to_claim__is_not_null"), "median"),
        Figure("Answered", f"{asked.answered:,}", rows_of("questions", "state__eq=answered")),
        Figure("Mean rating", rating, rows_of("questions", "rating__is_not_null")),
        Figure("Open now", f"{asked.open_now:,}", rows_of("questions", "state__eq=open")),
        Figure("Given back or silent", f"{asked.reopened:,}", rows_of("questions", "lost__gt=0"), "claims"),
    )


def _cards(figures: Sequence[Figure]) -> CardRowWidget:
    return CardRowWidget(children=[Col(_card(one), CARD) for one in figures])


def _card(figure: Figure) -> StatWidget:
    return StatWidget(figure.title, known(figure.value), figure.link, figure.description, color="secondary")
