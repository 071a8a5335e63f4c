"""Matching by hand: a student, the mentors who fit with score and reasons, and one of them chosen, for a reason."""

from typing import Any
from uuid import UUID

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette_admin.routing import route

from core.rules.errors import DomainError, NotFound
from core.rules.reasons import WHY
from core.rules.roles import Role
from core.rules.runs import RunState
from core.services.finding import find_person
from core.services.manual_matches import confirm_pair
from core.services.manual_runs import ManualRun, ask_mentors, manual_run
from core.services.manual_students import (
    StudentAtHand,
    find_students,
    match_of_health,
    student_at_hand,
    student_of_match,
    student_of_profile,
    student_of_request,
)
from core.staff_words import objection_lines
from core.uow import Reading, Work
from web.admin.forms import text_in
from web.admin.lists.requests import STATE_COLORS
from web.admin.lists.requests import STATES as REQUEST_STATES
from web.admin.pages.base import OwnPage
from web.admin.pages.by_hand_words import problems_of
from web.admin.reading import act_as_staff, reading_of

CANNOT = 422
NOBODY = UUID(int=0)
"""The id of nothing and nobody: who sends none of ours finds nothing."""


class ByHand(OwnPage):
    """From a student, or a match that another is to follow, to a new match."""

    menu_label, icon, path = "Match by hand", "fa fa-handshake", "/by-hand"

    @route("", name="by-hand")
    async def index(self, request: Request) -> Response:
        """The student whom the address names, by whatever it names; else students to choose from."""
        reading, asked = reading_of(request), request.query_params

        def read() -> StudentAtHand | None:
            match_id = _id(asked.get("match")) or _by(reading, match_of_health, asked.get("health"))
            student_id = (
                (student_of_match(reading, match_id) if match_id else None)
                or _by(reading, student_of_request, asked.get("request"))
                or _by(reading, student_of_profile, asked.get("profile"))
                or _id(asked.get("student"))
            )
            return student_at_hand(reading, student_id, match_id) if student_id else None

        try:
            student = await run_in_threadpool(read)
        except NotFound:
            raise HTTPException(404) from None
        if student:
            return self._student(request, student)
        typed = asked.get("q", "")
        found = await run_in_threadpool(find_students, reading, typed)
        words: dict[str, Any] = {"states": dict(REQUEST_STATES), "colors": STATE_COLORS}
        return self.page(request, "by_hand.html", typed=typed, found=found, **words)

    @route("", methods=["POST"], name="by-hand-ask")
    async def ask(self, request: Request) -> Response:
        """Have mentors scored for a student, and perhaps for a match to follow another."""
        form = await request.form()
        student_id, match_id, typed = _id(form.get("student")), _id(form.get("match")), text_in(form, "mentor")

        def ask(work: Work) -> UUID:
            named = [find_person(work, typed, Role.MENTOR).id] if typed else []
            return ask_mentors(work, student_id or NOBODY, named, match_id=match_id)

        try:
            run_id = await act_as_staff(request, ask)
        except DomainError as error:
            if student_id is None:
                raise HTTPException(404) from None
            student = await self._read(request, student_id, match_id)
            return self._student(request, student, problems_of(error), typed)
        return self.go(request, f"{self.path}/run/{run_id}")

    @route("/run/{run_id}", name="by-hand-run")
    async def look(self, request: Request) -> Response:
        """What came of it: still being computed, failed, used by somebody, or mentors to choose from."""
        run = await self._run(request)
        if run.state is RunState.ASKED:
            return self.waiting(request, f"Mentors for {run.student_name} are being scored")
        return self._shown(request, run)

    @route("/run/{run_id}", methods=["POST"], name="by-hand-confirm")
    async def confirm(self, request: Request) -> Response:
        """Match the student with the mentor who was picked."""
        form, run = await request.form(), await self._run(request)
        mentor_id, why, overruled = _id(form.get("mentor")), text_in(form, "why"), bool(form.get("overruled"))
        try:
            match_id = await act_as_staff(
                request, lambda work: confirm_pair(work, run.id, mentor_id or NOBODY, why, overruled=overruled)
            )
        except DomainError as error:
            return self._shown(request, run, form, problems_of(error))
        said = f"{run.student_name} has a new mentor, and both read their introduction in a moment."
        return self.go(request, f"/matches/detail?pk={match_id}", said)

    def _student(
        self, request: Request, student: StudentAtHand, problems: dict[str, str] | None = None, typed: str = ""
    ) -> Response:
        status = CANNOT if problems else 200
        shown: dict[str, Any] = {"student": student, "problems": problems or {}, "typed": typed}
        return self.page(request, "by_hand_student.html", status, states=dict(REQUEST_STATES), **shown)

    def _shown(
        self, request: Request, run: ManualRun, form: FormData | None = None, problems: dict[str, str] | None = None
    ) -> Response:
        """The mentors side by side; what was filled in before stays."""
        picked = _id(form.get("mentor")) if form else next((one.mentor_id for one in _preferred(run)), None)
        return self.page(
            request,
            "by_hand_run.html",
            CANNOT if problems else 200,
            run=run,
            picked=picked,
            form=form or {},
            problems=problems or {},
            objection_lines=objection_lines,
            most=WHY,
        )

    async def _run(self, request: Request) -> ManualRun:
        run_id = _id(request.path_params["run_id"])
        try:
            return await run_in_threadpool(manual_run, reading_of(request), run_id or NOBODY)
        except NotFound:
            raise HTTPException(404) from None

    async def _read(self, request: Request, student_id: UUID, match_id: UUID | None) -> StudentAtHand:
        try:
            return await run_in_threadpool(student_at_hand, reading_of(request), student_id, match_id)
        except NotFound:
            raise HTTPException(404) from None


def _preferred(run: ManualRun) -> list[Any]:
    """Who is picked to begin with: whom staff named, if it can be, else the best."""
    possible = [one for one in run.mentors if one.is_possible]
    return sorted(possible, key=lambda one: one.mentor_id not in run.named)


def _by(reading: Reading, find: Any, given: object) -> UUID | None:
    id_ = _id(given)
    found: UUID | None = find(reading, id_) if id_ else None
    return found


def _id(given: object) -> UUID | None:
    try:
        return UUID(str(given)) if given else None
    except ValueError:
        return None
