"""Quick questions: asked, claimed, answered and rated in the names of the people concerned."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field
from sqlalchemy import select

from core.models import Question
from core.rules.errors import NotFound
from core.rules.questions import NewQuestion, QuestionState, QuestionStep
from core.rules.scopes import Scope
from core.services.question_answers import mark_answered, rate_answer
from core.services.question_claims import claim_question, release_question
from core.services.question_drafts import ask_question, withdraw_question
from core.services.questions import QuestionView, question_view, question_views
from core.uow import Reading
from web.api.access import Access, requires
from web.api.acting import Id, as_staff, on_behalf_of
from web.api.paging import After, Limit, Page, rows

routes = APIRouter(tags=["questions"])
Reader = Annotated[Access, Depends(requires(Scope.QUESTIONS_READ))]
Writer = Annotated[Access, Depends(requires(Scope.QUESTIONS_WRITE))]


class QuestionIn(BaseModel):
    """A question for all mentors. It is a draft until answered ones were looked through for the same."""

    student_id: UUID
    question: str = Field(examples=["How do I read an offer letter?"])
    details: str = ""
    topics: list[str] = Field(examples=[["Negotiation"]])


class ByMentor(BaseModel):
    """The mentor in whose name it is done."""

    mentor_id: UUID


class Answered(ByMentor):
    """What a mentor says of an answer they gave. Others read it only if both sides allow it."""

    summary: str = Field(examples=["Look at the notice period first."])
    may_be_read: bool = False


class Rated(BaseModel):
    """What the student says of the answer, once."""

    rating: int = Field(ge=1, le=5)
    thanks: str = ""


class QuestionOut(BaseModel):
    """A question as it stands, with what happens next if nobody does anything."""

    id: UUID
    state: QuestionState
    student_id: UUID
    question: str
    details: str
    topics: list[str]
    mentor_id: UUID | None = Field(description="Who has claimed it, or has answered it.")
    created_at: datetime
    posted_at: datetime | None
    claimed_at: datetime | None
    answered_at: datetime | None
    summary: str
    may_be_read: bool
    rating: int | None
    next_step: QuestionStep
    next_step_at: datetime | None


@routes.get("/questions")
def list_questions(
    access: Reader,
    state: Annotated[list[QuestionState] | None, Query(description="Only in these states.")] = None,
    student_id: UUID | None = None,
    mentor_id: UUID | None = None,
    after: After = None,
    limit: Limit = 50,
) -> Page[QuestionOut]:
    """Questions, the newest first."""
    query = select(Question)
    if state:
        query = query.where(Question.state.in_(state))
    if student_id:
        query = query.where(Question.student_id == student_id)
    if mentor_id:
        query = query.where(Question.claimer_id == mentor_id)
    with as_staff(access) as reading:
        found, cursor = rows(reading, query, Question, after, limit)
        ids = [question.id for question in found]
        views = {view.question_id: view for view in question_views(reading, Question.id.in_(ids), most=limit)}
        return Page(items=[_shown(views[id_]) for id_ in ids], next=cursor)


@routes.get("/questions/{question_id}")
def read_question(access: Reader, question_id: Id) -> QuestionOut:
    """One question."""
    with as_staff(access) as reading:
        return _shown(question_view(reading, question_id))


@routes.post("/questions", status_code=201)
def post_question(access: Writer, body: QuestionIn) -> QuestionOut:
    """Ask in a student's name."""
    asked = NewQuestion(body.question, body.details, tuple(body.topics))
    with on_behalf_of(access, body.student_id) as work:
        question_id = ask_question(work, asked)
        with work.as_system():
            return _shown(question_view(work, question_id))


@routes.delete("/questions/{question_id}")
def take_back_question(access: Writer, question_id: Id) -> QuestionOut:
    """Take a question back in its student's name. A mentor who has claimed it is told."""
    with as_staff(access) as reading:
        student_id = _student(reading, question_id)
    with on_behalf_of(access, student_id) as work:
        withdraw_question(work, question_id)
    return read_question(access, question_id)


@routes.post("/questions/{question_id}/claim")
def claim(access: Writer, question_id: Id, body: ByMentor) -> QuestionOut:
    """Claim an open question in a mentor's name: the first wins."""
    with on_behalf_of(access, body.mentor_id) as work:
        claim_question(work, question_id)
    return read_question(access, question_id)


@routes.post("/questions/{question_id}/release")
def release(access: Writer, question_id: Id, body: ByMentor) -> QuestionOut:
    """Give a claimed question back: it is open to all again."""
    with on_behalf_of(access, body.mentor_id) as work:
        release_question(work, question_id)
    return read_question(access, question_id)


@routes.post("/questions/{question_id}/complete")
def complete(access: Writer, question_id: Id, body: Answered) -> QuestionOut:
    """Mark a claimed question as answered; the student is asked to rate it."""
    with on_behalf_of(access, body.mentor_id) as work:
        mark_answered(work, question_id, body.summary, body.may_be_read)
    return read_question(access, question_id)


@routes.post("/questions/{question_id}/rating")
def rate(access: Writer, question_id: Id, body: Rated) -> QuestionOut:
    """Rate the answer in the student's name, once."""
    with as_staff(access) as reading:
        student_id = _student(reading, question_id)
    with on_behalf_of(access, student_id) as work:
        rate_answer(work, question_id, body.rating, body.thanks)
    return read_question(access, question_id)


def _student(reading: Reading, question_id: UUID) -> UUID:
    found = reading.session.get(Question, question_id)
    if found is None:
        raise NotFound(question_id=question_id)
    return found.student_id


def _shown(view: QuestionView) -> QuestionOut:
    return QuestionOut(
        id=view.question_id,
        state=view.state,
        student_id=view.student_id,
        question=view.question,
        details=view.details,
        topics=list(view.topics),
        mentor_id=view.claimer_id,
        created_at=view.created_at,
        posted_at=view.posted_at,
        claimed_at=view.claimed_at,
        answered_at=view.answered_at,
        summary=view.summary,
        may_be_read=view.may_be_read,
        rating=view.rating,
        next_step=view.next_step,
        next_step_at=view.next_step_at,
    )
