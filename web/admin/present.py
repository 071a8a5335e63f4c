"""How things stand at this moment, as charts: where mentors are missing, and how busy those are whom there are."""

from collections.abc import Mapping, Sequence

from core.services.demand import Field, Load
from core.words import count
from web.admin.charts import BLUE, GREEN, Chart, bars, link, side_by_side
from web.admin.lists.people import LOADS
from web.admin.ways import OPEN, names, rows_of

DRAWN, LISTED = 10, 40
"""So many industries are drawn, and so many stand in numbers; the greatest shortage first."""


def recruiting(fields: Sequence[Field]) -> Chart:
    """Demand against free places."""
    short = [field.name for field in fields if field.missing > 0]
    says = "There are free places for all that is asked for in each industry."
    if short:
        says = f"More is asked for than there are free places in {count(len(short), 'industry', 'industries')}"
        says += f", most in {short[0]}."
    drawn = fields[:DRAWN]
    chart = side_by_side(
        "Where to recruit",
        f"{says} Who names several counts in each. Mentors and places are those with room.",
        [field.name for field in drawn],
        [
            ("Open requests", [field.requests for field in drawn], BLUE),
            ("Free places", [field.places for field in drawn], GREEN),
        ],
    )
    chart.columns = ("Industry", "Requests", "Waiting", "Mentors", "Places", "Missing")
    chart.lines = [
        (
            field.name,
            (
                link(f"{field.requests:,}", rows_of("requests", _both(OPEN, field))),
                link(f"{field.waiting:,}", rows_of("requests", _both("state__in=waiting,staff", field))),
                link(f"{field.mentors:,}", rows_of("mentors", _both("room__eq=free", field))),
                f"{field.places:,}",
                f"{max(0, field.missing):,}",
            ),
        )
        for field in fields[:LISTED]
    ]
    return chart


def busy(loads: Mapping[Load, int]) -> Chart:
    """Load per mentor."""
    total = sum(loads.values())
    says = f"Of {count(total, 'mentor')}, {loads[Load.NONE]:,} have nobody yet, and {loads[Load.FULL]:,} are full."
    titles = {load: dict(LOADS)[load] for load in loads}
    chart = bars("Load of mentors", says, list(titles.values()), list(loads.values()))
    chart.columns = ("Mentees", "Mentors")
    chart.lines = [
        (titles[load], (link(f"{number:,}", rows_of("mentors", f"load__eq={load} AND room__neq=gone")),))
        for load, number in loads.items()
    ]
    return chart


def _both(rule: str, field: Field) -> str:
    return f"{rule} AND {names('industries', field.name)}"
