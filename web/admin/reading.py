"""One unit of work for each page: it only reads, as the member of staff who asks for the page.

The library's views look for `request.state.session`. Theirs is the session of our unit, so row security stays on, a
page shows one consistent state, and the database refuses whatever would write.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from anyio import CapacityLimiter
from fastapi import Request, Response
from fastapi.concurrency import contextmanager_in_threadpool, run_in_threadpool
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.types import ASGIApp
from starlette_admin.i18n import set_database_timezone, set_timezone

from core.uow import Reading, Units, Work, admin
from web.auth.door import staff

T = TypeVar("T")
AT_ONCE = 8
"""Pages that are read at the same moment; more wait, so that connections are left for Slack's clicks."""


class StaffReading(BaseHTTPMiddleware):
    """Opens the unit before the page and closes it before the answer leaves."""

    def __init__(self, app: ASGIApp, units: Units) -> None:
        super().__init__(app)
        self._units, self._at_once = units, CapacityLimiter(AT_ONCE)

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        """Before the door there is nothing to read."""
        if request.state.is_anonymous:
            return await call_next(request)
        person = staff(request)
        set_timezone(person.tz)
        set_database_timezone("UTC")
        async with self._at_once, contextmanager_in_threadpool(self._units.read(admin(person.id))) as reading:
            request.state.reading, request.state.session = reading, reading.session
            request.state.units = self._units
            return await call_next(request)


def reading_of(request: Request) -> Reading:
    """The unit of work of this page."""
    reading: Reading = request.state.reading
    return reading


@contextmanager
def work_as_staff(request: Request) -> Iterator[Work]:
    """A unit of work of its own, in the name of who asks: for the few things that a page may change."""
    units: Units = request.state.units
    with units.work(admin(staff(request).id)) as work:
        yield work


async def act_as_staff(request: Request, deed: Callable[[Work], T]) -> T:
    """Do something in such a unit, in a thread. Raises what the deed raises."""

    def act() -> T:
        with work_as_staff(request) as work:
            return deed(work)

    return await run_in_threadpool(act)
