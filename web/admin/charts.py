"""A chart with its numbers: drawn for the eye, and written for everybody, each number a way to the rows it counts."""

import calendar
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from fastapi import Request
from markupsafe import Markup
from starlette_admin.widgets import ChartWidget

GREEN, BLUE, GREY, YELLOW, RED = "#2f9e6e", "#206bc4", "#868d9a", "#d9960b", "#d63939"
FEW = 10
"""So few points are marked: a line between them would say nothing."""
Line = tuple[str, Sequence[str | Markup]]
QUIET: dict[str, Any] = {"toolbar": {"show": False}, "animations": {"enabled": False}, "zoom": {"enabled": False}}


@dataclass
class Chart(ChartWidget):
    """What it shows in one sentence, the columns of its numbers, and a line of them for each point."""

    template: ClassVar[str] = "widgets/chart.html"

    says: str = ""
    columns: Sequence[str] = ()
    lines: Sequence[Line] = field(default_factory=list)

    async def get_context(self, request: Request) -> dict[str, Any]:
        """What the template shows."""
        context = await super().get_context(request)
        return context | {"says": self.says, "columns": self.columns, "lines": self.lines}


def over_time(
    title: str, says: str, days: Sequence[date], series: Sequence[tuple[str, Sequence[Any], str]], digits: int = 0
) -> Chart:
    """A line for each series over the same days, its axis with so many digits after the point."""
    at = [calendar.timegm(day.timetuple()) * 1000 for day in days]  # as JavaScript counts
    options = {
        "chart": QUIET,
        "xaxis": {"type": "datetime", "labels": {"datetimeFormatter": {"month": "MMM yyyy", "day": "d MMM"}}},
        "yaxis": {"min": 0, "forceNiceScale": True, "decimalsInFloat": digits},
        "stroke": {"width": 2.5},
        "markers": {"size": 3 if len(days) < FEW else 0},
        "colors": [color for _, _, color in series],
        "dataLabels": {"enabled": False},
        "tooltip": {"x": {"format": "d MMM yyyy"}},
    }
    data = [{"name": name, "data": list(zip(at, values, strict=True))} for name, values, _ in series]
    return Chart(title, "line", known(data), 260, options, says=says)


def bars(title: str, says: str, points: Sequence[str], values: Sequence[int], color: str = GREEN) -> Chart:
    """A bar for each point, lying."""
    return side_by_side(title, says, points, [("", values, color)])


def side_by_side(
    title: str, says: str, points: Sequence[str], series: Sequence[tuple[str, Sequence[int], str]]
) -> Chart:
    """For each point a bar of every series, lying."""
    options = {
        "chart": QUIET,
        "plotOptions": {"bar": {"horizontal": True, "barHeight": "70%"}},
        "xaxis": {"categories": list(points), "labels": {"show": False}},
        "yaxis": {"labels": {"maxWidth": 200}},
        "colors": [color for _, _, color in series],
        "dataLabels": {"enabled": True},
        "grid": {"show": False},
        "legend": {"position": "top", "horizontalAlign": "left"},
    }
    data = [{"name": name, "data": list(values)} for name, values, _ in series]
    return Chart(title, "bar", known(data), 60 + (18 + 18 * len(series)) * len(points), options, says=says)


def known(value: Any) -> Callable[[Request], Awaitable[Any]]:
    """A value as the library wants it: to be waited for."""

    async def wait(_: Request) -> Any:
        return value

    return wait


def link(text: str, url: str) -> Markup:
    """A number that leads to its rows."""
    return Markup('<a href="{}">{}</a>').format(url, text)
