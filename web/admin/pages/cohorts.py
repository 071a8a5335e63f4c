"""Cohorts: their names and days, the requests that belong to them, and the matching of a whole one."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette_admin.routing import route

from core.cohort_words import STATES as RUN_STATES
from core.rules.cohorts import CohortInUse, NobodyToMatch
from core.rules.errors import DomainError, InvalidFields, NotFound
from core.services.cohort_plans import Plan, plans
from core.services.cohort_runs import ask_cohort_run
from core.services.cohorts import (
    CohortView,
    Listed,
    change_cohort,
    cohort_view,
    cohort_views,
    make_cohort,
    open_requests,
    put_in,
    put_in_all,
    remove_cohort,
    take_out,
)
from core.services.trends import Span
from core.uow import Work
from core.words import count, upper_first
from web.admin.forms import text_in
from web.admin.lists.requests import STATES as REQUEST_STATES
from web.admin.pages.base import OwnPage
from web.admin.reading import act_as_staff, reading_of
from web.auth.door import staff

NO_DATE = "Please give days as dates, such as 2031-09-01."
IN_USE = "Requests or mentorships belong to this cohort, so it stays. You can rename it."
NO_REQUEST = "There is no open request to match here. Where mentors have been asked already, you can take these in too."


class Cohorts(OwnPage):
    """All cohorts, and the page of one."""

    menu_label, icon, path = "Cohorts", "fa fa-people-group", "/cohorts"

    @route("", name="cohorts")
    async def index(self, request: Request) -> Response:
        """Every cohort, a form for a new one, and the matching of all open requests."""
        reading = reading_of(request)

        def read() -> tuple[list[CohortView], list[Plan]]:
            return cohort_views(reading), plans(reading)

        cohorts, runs = await run_in_threadpool(read)
        return self.page(request, "cohorts.html", cohorts=cohorts, runs=runs, run_states=RUN_STATES)

    @route("", methods=["POST"], name="cohorts-make")
    async def make(self, request: Request) -> Response:
        """Make a cohort."""
        form = await request.form()

        def act(work: Work) -> str:
            return f"/of/{make_cohort(work, text_in(form, 'name'), *_days(request, form))}"

        return await self._done(request, act, "")

    @route("/of/{cohort_id}", name="cohort")
    async def one(self, request: Request) -> Response:
        """One cohort, with the requests in it and those that could be."""
        reading, cohort_id = reading_of(request), id_in(request, "cohort_id")

        def read() -> tuple[CohortView, list[Listed], list[Listed], list[Plan]]:
            inside, outside = open_requests(reading, cohort_id), open_requests(reading, None)
            return cohort_view(reading, cohort_id), inside, outside, plans(reading, cohort_id)

        try:
            cohort, inside, outside, runs = await run_in_threadpool(read)
        except NotFound:
            raise HTTPException(404) from None
        shown: dict[str, Any] = {"inside": inside, "outside": outside, "runs": runs, "run_states": RUN_STATES}
        return self.page(request, "cohort.html", cohort=cohort, states=dict(REQUEST_STATES), **shown)

    @route("/of/{cohort_id}", methods=["POST"], name="cohort-change")
    async def change(self, request: Request) -> Response:
        """What one of the page's buttons says: `deed` names it."""
        form, cohort_id = await request.form(), id_in(request, "cohort_id")
        deeds: dict[str, Callable[[Work], str]] = {
            "save": lambda work: _saved(work, cohort_id, text_in(form, "name"), *_days(request, form)),
            "remove": lambda work: _removed(work, cohort_id),
            "put in": lambda work: _put(put_in(work, cohort_id, _ids(form)), "put in"),
            "put in all": lambda work: _put(put_in_all(work, cohort_id, of_its_days=False), "put in"),
            "put in its days": lambda work: _put(put_in_all(work, cohort_id, of_its_days=True), "put in"),
            "take out": lambda work: _put(take_out(work, cohort_id, _ids(form)), "taken out"),
        }
        deed = deeds.get(text_in(form, "deed"))
        if deed is None:
            raise HTTPException(400)
        back = "" if text_in(form, "deed") == "remove" else f"/of/{cohort_id}"
        return await self._done(request, deed, back, f"/of/{cohort_id}")

    @route("/match", methods=["POST"], name="cohorts-match")
    async def match(self, request: Request) -> Response:
        """Ask a worker to match a cohort, or all open requests."""
        form = await request.form()
        given = text_in(form, "cohort")
        cohort_id = _id(given) if given else None

        def act(work: Work) -> str:
            include = bool(form.get("include_offered"))
            return f"/plan/{ask_cohort_run(work, cohort_id, include_offered=include, why=text_in(form, 'why'))}"

        return await self._done(request, act, "", f"/of/{cohort_id}" if cohort_id else "")

    async def _done(
        self, request: Request, act: Callable[[Work], str], place: str, place_after_problem: str | None = None
    ) -> Response:
        """Do it, and go on: to where it says if that is a place, else back with what it says."""
        try:
            said = await act_as_staff(request, act)
        except NotFound:
            raise HTTPException(404) from None
        except DomainError as error:
            return self.go(request, self.path + (place_after_problem or place), problem(error), "error")
        return self.go(request, self.path + said) if said.startswith("/") else self.go(request, self.path + place, said)


def problem(error: DomainError) -> str:
    """What staff read when something could not be done."""
    match error:
        case InvalidFields():
            return " ".join(error.problems.values())
        case CohortInUse():
            return IN_USE
        case NobodyToMatch():
            return NO_REQUEST
        case _:
            return "That cannot be done as things stand, and nothing was changed."


def id_in(request: Request, name: str) -> UUID:
    """An id that stands in the address; what cannot be one is not found."""
    return _id(str(request.path_params[name]))


def _id(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        raise HTTPException(404) from None


def _ids(form: FormData) -> list[UUID]:
    return [_id(str(each)) for each in form.getlist("request")]


def _days(request: Request, form: FormData) -> tuple[datetime | None, datetime | None]:
    """From the beginning of the first day until the last day is over, on the calendar of who asks."""
    first, last = (_day(text_in(form, name)) for name in ("first", "last"))
    tz = staff(request).tz
    return Span(first, first, tz).since if first else None, Span(last, last, tz).until if last else None


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise InvalidFields({"days": NO_DATE}) from None


def _saved(work: Work, cohort_id: UUID, name: str, since: datetime | None, until: datetime | None) -> str:
    change_cohort(work, cohort_id, name, since, until)
    return "Saved."


def _removed(work: Work, cohort_id: UUID) -> str:
    remove_cohort(work, cohort_id)
    return "The cohort is removed."


def _put(number: int, how: str) -> str:
    return f"{upper_first(count(number, 'request'))} {how}."
