"""The first page: how the programme stands, how it went, and behind each figure the rows that it counts."""

from dataclasses import dataclass

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from starlette_admin import CustomView
from starlette_admin.widgets import BaseWidget, Breakpoints, CardRowWidget, Col, ColumnWidget, StatWidget

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

        def read() -> tuple[Chosen, Stats, Trends]:
            shown = chosen(request, person.tz, reading.now, cohorts(reading))
            return shown, stats(reading), trends(reading, shown.span)

        shown, today, past = await run_in_threadpool(read)
        request.state.chosen = shown
        request.state.is_empty = is_empty(past)
        cards = CardRowWidget(children=[Col(_card(one), CARD) for one in figures(today)])
        return ColumnWidget(children=[cards, *([] if is_empty(past) else course(shown, past))])


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


def _card(figure: Figure) -> StatWidget:
    return StatWidget(figure.title, known(figure.value), figure.link, figure.description, color="secondary")
