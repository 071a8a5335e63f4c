"""How long each page for staff takes to answer: `python -m tests.web.admin.timings [PEOPLE]`.

By plain HTTP against a served programme with a year of history: each page once to begin with, then five times. The
table gives the median and the slowest of the five in milliseconds, and the database queries of one answer; below it
stands what else the machine had to do.
"""

import os
import statistics
import sys
import time
from collections.abc import Iterator

import httpx
from sqlalchemy import func, select

from core.models import Match, Notification, User
from core.uow import SYSTEM
from tests.support.staff import press_sign_in
from tests.web.admin.programme import USUAL, Served, programme
from tests.web.admin.test_lists import counted
from web.admin.pages.cohort_plans import CohortPlans
from web.admin.site import LISTS, PAGES

TIMES = 5


def main(people: int) -> None:
    """Fill, sign in, ask for each page, and print a table."""
    with programme(people) as served, httpx.Client(base_url=served.settings.public_url, follow_redirects=True) as desk:
        press_sign_in(desk, served.link())
        tell(f"{filled(served)}\n\n| page | median, ms | slowest, ms | queries |\n|---|---:|---:|---:|")
        for path in places(desk):
            with counted(served.units.engine) as seen:
                desk.get(path).raise_for_status()
            took = sorted(timed(desk, path) for _ in range(TIMES))
            shown = path.partition("?pk=")[0]
            tell(f"| `{shown}` | {statistics.median(took):.0f} | {took[-1]:.0f} | {len(seen)} |")
        tell(f"\nLoad of the machine, {os.cpu_count()} cores: " + ", ".join(f"{load:.1f}" for load in os.getloadavg()))


def filled(served: Served) -> str:
    """How much there is."""
    with served.units.read(SYSTEM) as reading:
        many = [
            reading.session.scalar(select(func.count()).select_from(table)) for table in (User, Match, Notification)
        ]
    return "{:,} people, {:,} matches, {:,} messages".format(*many)


def places(desk: httpx.Client) -> Iterator[str]:
    """The overview, each list with a search, an order and a row's own page, and each other page."""
    yield "/admin/"
    for one in LISTS:
        last = [field for field in one.fields if not field.exclude_from_list][-1]
        yield f"/admin/{one.key}/list"
        yield f"/admin/{one.key}/list?q=mia"
        yield f"/admin/{one.key}/list?page=3&page_size=100&sort={last.name}__desc"
        row = desk.get(f"/admin/{one.key}/list").text.partition('data-sa-href="')[2].partition('"')[0]
        if row:
            yield "/admin" + row.partition("/admin")[2].replace("&amp;", "&")
    yield from (f"/admin{page.path}" for page in PAGES if page is not CohortPlans)
    yield "/admin/by-hand?q=mia"


def timed(desk: httpx.Client, path: str) -> float:
    """Milliseconds until the whole answer is there."""
    start = time.perf_counter()
    desk.get(path).raise_for_status()
    return 1000 * (time.perf_counter() - start)


def tell(line: str) -> None:
    """Say it."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else USUAL)
