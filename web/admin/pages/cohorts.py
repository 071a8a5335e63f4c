"""Cohorts: their names and days, the requests that belong to them, and the matching of a whole one."""

from collections.abc import Callable
from dataclasses import dataclass
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
from web.admin.calendar import iso_day, iso_last_day
from web.admin.forms import text_in
from web.admin.lists.requests import STATES as REQUEST_STATES
from web.admin.pages.base import OwnPage
from web.admin.reading import act_as_staff, reading_of
from web.auth.door import staff

CANNOT = 422
NO_DATE = "Please give days as dates, such as 2031-09-01."
IN_USE = "Requests or mentorships belong to this cohort, so it stays. You can rename it."
NO_REQUEST = "There is no open request to match here. Where mentors have been asked already, you can take these in too."


@dataclass(frozen=True)
class Typed:
    """The form for a cohort as it was filled in, so that it can be drawn again."""

    name: str = ""
    first: str = ""
    last: str = ""

    def span(self, tz: str) -> tuple[datetime | None, datetime | None]:
        """From the beginning of the first day until the last is over, on this calendar. Raises `InvalidFields`."""
        first, last = _day(self.first), _day(self.last)
        return Span(first, first, tz).since if first else None, Span(last, last, tz).until if last else None


NOTHING = Typed()


class Cohorts(OwnPage):
    """All cohorts, and the page of one."""

    menu_label, icon, path = "Cohorts", "fa fa-people-group", "/cohorts"

    @route("", name="cohorts")
    async def index(self, request: Request) -> Response:
        """Every cohort, a form for a new one, and the matching of all open requests."""
        return await self._all(request)

    @route("", methods=["POST"], name="cohorts-make")
    async def make(self, request: Request) -> Response:
        """Make a cohort."""
        typed = _typed(await request.form())
        try:
            cohort_id = await act_as_staff(
                request, lambda work: make_cohort(work, typed.name, *typed.span(_tz(request)))
            )
        except InvalidFields as error:
            return await self._all(request, typed, problem(error))
        return self.go(request, f"{self.path}/of/{cohort_id}")

    @route("/of/{cohort_id}", name="cohort")
    async def one(self, request: Request) -> Response:
        """One cohort, with the requests in it and those that could be."""
        return await self._one(request)

    @route("/of/{cohort_id}", methods=["POST"], name="cohort-change")
    async def change(self, request: Request) -> Response:
        """What one of the page's buttons says: `deed` names it."""
        form, cohort_id = await request.form(), id_in(request, "cohort_id")
        typed, deed = _typed(form), text_in(form, "deed")
        deeds: dict[str, Callable[[Work], str]] = {
            "save": lambda work: _saved(work, cohort_id, typed, _tz(request)),
            "remove": lambda work: _removed(work, cohort_id),
            "put in": lambda work: _put(put_in(work, cohort_id, _ids(form)), "put in"),
            "put in all": lambda work: _put(put_in_all(work, cohort_id, of_its_days=False), "put in"),
            "put in its days": lambda work: _put(put_in_all(work, cohort_id, of_its_days=True), "put in"),
            "take out": lambda work: _put(take_out(work, cohort_id, _ids(form)), "taken out"),
        }
        if deed not in deeds:
            raise HTTPException(400)
        here = f"{self.path}/of/{cohort_id}"
        try:
            said = await act_as_staff(request, deeds[deed])
        except NotFound:
            raise HTTPException(404) from None
        except InvalidFields as error:
            return await self._one(request, typed, problem(error))
        except DomainError as error:
            return self.go(request, here, problem(error), "error")
        return self.go(request, self.path if deed == "remove" else here, said)

    @route("/match", methods=["POST"], name="cohorts-match")
    async def match(self, request: Request) -> Response:
        """Ask a worker to match a cohort, or all open requests."""
        form = await request.form()
        given, why, include = text_in(form, "cohort"), text_in(form, "why"), bool(form.get("include_offered"))
        cohort_id = _id(given) if given else None
        try:
            run_id = await act_as_staff(
                request, lambda work: ask_cohort_run(work, cohort_id, include_offered=include, why=why)
            )
        except NotFound:
            raise HTTPException(404) from None
        except DomainError as error:
            there = f"{self.path}/of/{cohort_id}" if cohort_id else self.path
            return self.go(request, there, problem(error), "error")
        return self.go(request, f"{self.path}/plan/{run_id}")

    async def _all(self, request: Request, typed: Typed = NOTHING, refused: str = "") -> Response:
        reading = reading_of(request)

        def read() -> tuple[list[CohortView], list[Plan]]:
            return cohort_views(reading), plans(reading)

        cohorts, runs = await run_in_threadpool(read)
        shown: dict[str, Any] = {"runs": runs, "run_states": RUN_STATES, "typed": typed, "refused": refused}
        return self.page(request, "cohorts.html", CANNOT if refused else 200, cohorts=cohorts, **shown)

    async def _one(self, request: Request, typed: Typed | None = None, refused: str = "") -> Response:
        reading, cohort_id = reading_of(request), id_in(request, "cohort_id")

        def read() -> tuple[CohortView, list[Listed], list[Listed], list[Plan]]:
            inside, outside = open_requests(reading, cohort_id), open_requests(reading, None)
            return cohort_view(reading, cohort_id), inside, outside, plans(reading, cohort_id)

        try:
            cohort, inside, outside, runs = await run_in_threadpool(read)
        except NotFound:
            raise HTTPException(404) from None
        stands = Typed(cohort.name, iso_day(cohort.since), iso_last_day(cohort.until))
        shown: dict[str, Any] = {"inside": inside, "outside": outside, "runs": runs, "run_states": RUN_STATES}
        shown |= {"cohort": cohort, "states": dict(REQUEST_STATES), "typed": typed or stands, "refused": refused}
        return self.page(request, "cohort.html", CANNOT if refused else 200, **shown)


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


def _typed(form: FormData) -> Typed:
    return Typed(text_in(form, "name"), text_in(form, "first"), text_in(form, "last"))


def _tz(request: Request) -> str:
    return staff(request).tz


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise InvalidFields({"days": NO_DATE}) from None


def _saved(work: Work, cohort_id: UUID, typed: Typed, tz: str) -> str:
    change_cohort(work, cohort_id, typed.name, *typed.span(tz))
    return "Saved."


def _removed(work: Work, cohort_id: UUID) -> str:
    remove_cohort(work, cohort_id)
    return "The cohort is removed."


def _put(number: int, how: str) -> str:
    return f"{upper_first(count(number, 'request'))} {how}."
