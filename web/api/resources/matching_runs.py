"""Matching runs: mentors for one student, scored by a worker before anything is decided."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field

from core.rules.eligibility import Refusal
from core.rules.manual_matches import MOST_NAMED, Past
from core.rules.runs import RunState
from core.rules.scopes import Scope
from core.rules.scores import Criterion
from core.services.manual_runs import ManualRun, ScoredMentor, ask_mentors, manual_run
from web.api.access import Access, requires
from web.api.acting import Id, as_staff, changing

routes = APIRouter(tags=["matches"])
Reader = Annotated[Access, Depends(requires(Scope.MATCHES_READ))]
Writer = Annotated[Access, Depends(requires(Scope.MATCHES_WRITE))]


class NewRun(BaseModel):
    """For whom mentors are sought. `mentor_ids` are scored too, also those who may not be asked."""

    student_id: UUID
    mentor_ids: list[UUID] = Field([], max_length=MOST_NAMED)


class RunCriterion(BaseModel):
    """How the two do by one criterion, and what each wrote that made it."""

    criterion: Criterion
    weight: float
    share: float
    points: float
    student_phrase: str
    mentor_phrase: str


class RunMentor(BaseModel):
    """A mentor with score and reasons. `objections` speak against a match; empty if there are none."""

    mentor_id: UUID
    score: float
    criteria: list[RunCriterion]
    objections: list[Refusal | Past]
    free_places: int


class RunOut(BaseModel):
    """A run. It is `asked` until a worker has scored mentors, mostly within a second, then `ready` or `failed`."""

    id: UUID
    student_id: UUID
    state: RunState
    failure: str
    mentors: list[RunMentor]


@routes.post("/matching-runs", status_code=202)
def ask_for_mentors(access: Writer, body: NewRun, response: Response) -> RunOut:
    """Have mentors scored for a student. Nothing else happens: read the run until it is ready, at `Location`."""
    with changing(access) as work:
        run_id = ask_mentors(work, body.student_id, body.mentor_ids)
        response.headers["Location"] = f"/api/v1/matching-runs/{run_id}"
        return _shown(manual_run(work, run_id))


@routes.get("/matching-runs/{run_id}")
def read_run(access: Reader, run_id: Id) -> RunOut:
    """A run, with mentors once it is ready, the best first."""
    with as_staff(access) as reading:
        return _shown(manual_run(reading, run_id))


def _shown(run: ManualRun) -> RunOut:
    mentors = [_mentor(one) for one in run.mentors]
    return RunOut(id=run.id, student_id=run.student_id, state=run.state, failure=run.failure, mentors=mentors)


def _mentor(one: ScoredMentor) -> RunMentor:
    return RunMentor(
        mentor_id=one.mentor_id,
        score=one.score,
        criteria=[
            RunCriterion(
                criterion=part.criterion,
                weight=part.weight,
                share=part.share,
                points=part.points,
                student_phrase=part.student_phrase,
                mentor_phrase=part.mentor_phrase,
            )
            for part in one.criteria
        ],
        objections=list(one.objections),
        free_places=one.facts.free_places if one.facts else 0,
    )
