"""A matched intake: looked at, edited by hand, and published."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette_admin.routing import route

from core.cohort_words import STATES, compared, edited, left_over, nobody, reasons
from core.rules.cohorts import NoPlaceInPlan, PairRefused, PublishAs
from core.rules.errors import DomainError, NotFound
from core.rules.reasons import WHY
from core.rules.runs import RunMoved, RunState
from core.services.cohort_plans import (
    PAGE,
    Nobody,
    Only,
    Order,
    Plan,
    PlanRow,
    Shown,
    StudentInPlan,
    nobody_for,
    plan_of,
    plan_rows,
    student_in_plan,
)
from core.services.cohort_publishing import publish
from core.services.cohort_runs import choose, put_aside
from core.uow import Work
from core.words import count, listed
from web.admin.forms import text_in
from web.admin.pages.base import OwnPage
from web.admin.pages.cohorts import Cohorts, id_in, problem
from web.admin.reading import act_as_staff, reading_of

MOVED = "This plan was published or put aside meanwhile, so nothing was changed."
WAITING = "A worker scores everybody and looks for the best total. That may take a few minutes."
ON_ITS_WAY = {
    PublishAs.MATCHES: "Published: the pairs are being introduced.",
    PublishAs.OFFERS: "Published: the mentors are being asked.",
}


class CohortPlans(OwnPage):
    """The plan of one run, and each of its students."""

    menu_label, icon, path, add_to_menu = "Cohorts", "fa fa-people-group", "/cohorts/plan", False

    @route("", name="cohort-plans")
    async def index(self, request: Request) -> Response:
        """All plans stand with the cohorts."""
        return self.go(request, Cohorts.path)

    @route("/{run_id}", name="cohort-plan")
    async def look(self, request: Request) -> Response:
        """The plan as it stands: still computed, to be looked at, on its way out, or done."""
        reading, run_id, shown = reading_of(request), id_in(request, "run_id"), _shown(request)

        def read() -> tuple[Plan, list[PlanRow], int, list[Nobody]]:
            plan = plan_of(reading, run_id)
            rows, number = plan_rows(reading, run_id, shown)
            return plan, rows, number, nobody_for(reading, plan)

        try:
            plan, rows, number, alone = await run_in_threadpool(read)
        except NotFound:
            raise HTTPException(404) from None
        if plan.state is RunState.ASKED:
            return self.waiting(request, WAITING)
        pages = max(1, -(-number // PAGE))
        words: dict[str, Any] = {"compared": compared, "edited": edited, "left_over": left_over, "nobody": nobody}
        found: dict[str, Any] = {"rows": rows, "number": number, "pages": pages, "alone": alone, "address": _address}
        words |= {"reasons": reasons, "states": STATES, "most": WHY}
        return self.page(request, "cohort_plan.html", plan=plan, shown=shown, **found, **words)

    @route("/{run_id}", methods=["POST"], name="cohort-plan-act")
    async def act(self, request: Request) -> Response:
        """Publish the plan in one of the two ways, or put it aside."""
        form, run_id = await request.form(), id_in(request, "run_id")
        deed, why = text_in(form, "deed"), text_in(form, "why")

        def act(work: Work) -> str:
            if deed == "aside":
                put_aside(work, run_id, why)
                return "Put aside. Nothing was sent."
            how = PublishAs(deed)
            publish(work, run_id, how, why)
            return ON_ITS_WAY[how]

        if deed not in {"aside", *PublishAs}:
            raise HTTPException(400)
        return await self._done(request, act, f"/{run_id}", f"/{run_id}")

    @route("/{run_id}/student/{student_id}", name="cohort-plan-student")
    async def student(self, request: Request) -> Response:
        """Why this mentor, and who else could be chosen."""
        reading, run_id, student_id = reading_of(request), id_in(request, "run_id"), id_in(request, "student_id")

        def read() -> tuple[Plan, StudentInPlan]:
            return plan_of(reading, run_id), student_in_plan(reading, run_id, student_id)

        try:
            plan, one = await run_in_threadpool(read)
        except NotFound:
            raise HTTPException(404) from None
        return self.page(request, "cohort_plan_student.html", plan=plan, student=one, most=WHY)

    @route("/{run_id}/student/{student_id}", methods=["POST"], name="cohort-plan-choose")
    async def choose(self, request: Request) -> Response:
        """Choose another mentor for a student, or nobody."""
        form, run_id, student_id = await request.form(), id_in(request, "run_id"), id_in(request, "student_id")
        picked, why = text_in(form, "mentor"), text_in(form, "why")

        def act(work: Work) -> str:
            choose(work, run_id, student_id, _mentor(picked), why)
            return "Changed. The total below is the new one."

        return await self._done(request, act, f"/{run_id}", f"/{run_id}/student/{student_id}")

    async def _done(self, request: Request, act: Callable[[Work], str], place: str, back: str) -> Response:
        try:
            said = await act_as_staff(request, act)
        except NotFound:
            raise HTTPException(404) from None
        except DomainError as error:
            return self.go(request, self.path + back, _problem(error), "error")
        return self.go(request, self.path + place, said)


def _problem(error: DomainError) -> str:
    match error:
        case RunMoved():
            return MOVED
        case NoPlaceInPlan():
            places, names = error.facts["places"], error.facts["taken_by"]
            assert isinstance(places, int)  # noqa: S101 - as the service raises it
            assert isinstance(names, list)  # noqa: S101
            return (
                f"This mentor has {count(places, 'place')}, taken in this plan by {listed(names)}. "
                "Choose somebody else for one of them first."
            )
        case PairRefused():
            codes = error.facts["refusals"]
            assert isinstance(codes, list)  # noqa: S101 - as the service raises it
            return f"These two cannot be brought together now: {reasons(codes)}."
        case _:
            return problem(error)


def _mentor(picked: str) -> UUID | None:
    try:
        return UUID(picked) if picked else None
    except ValueError:
        raise NotFound(mentor=picked) from None


def _shown(request: Request) -> Shown:
    """The part of a plan that the address asks for; what makes no sense is as if it were not there."""
    asked = request.query_params
    only, order, page = asked.get("only", ""), asked.get("order", ""), asked.get("page", "")
    return Shown(
        typed=asked.get("q", "").strip()[:100],
        only=Only(only) if only in set(Only) else Only.ALL,
        order=Order(order) if order in set(Order) else Order.STUDENT,
        page=max(1, int(page)) if page.isdecimal() and len(page) < 6 else 1,
    )


def _address(shown: Shown, page: int) -> str:
    """The query for another page of the same students."""
    there = replace(shown, page=page)
    return "?" + urlencode({"q": there.typed, "only": there.only, "order": there.order, "page": there.page})
