"""Requests for a mentor."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, Field
from sqlalchemy import select

from core.models import Request
from core.rules.errors import NotFound
from core.rules.requests import NextStep, RequestState
from core.rules.scopes import Scope
from core.rules.wishes import MustShare, Wish
from core.services.requests import cancel_request, edit_request, lock_request, request_mentor
from core.uow import Reading
from web.api.access import Access, requires
from web.api.acting import Id, as_staff, on_behalf_of
from web.api.paging import After, Limit, Page, rows
from web.api.versions import IfMatch, etag, require_version

routes = APIRouter(tags=["requests"])
Reader = Annotated[Access, Depends(requires(Scope.REQUESTS_READ))]
Writer = Annotated[Access, Depends(requires(Scope.REQUESTS_WRITE))]


class WishBody(BaseModel):
    """What a student wants from a mentor."""

    wish: str = Field(examples=["Help me find my first job in data engineering."])
    must_share: list[MustShare] = Field([], description="Hard rules: who breaks one is never asked.")
    anything_else: str = ""

    def as_wish(self) -> Wish:
        """As the core takes it."""
        return Wish(self.wish, tuple(self.must_share), self.anything_else)


class NewRequest(WishBody):
    """A request of a student who has a profile and no open request."""

    student_id: UUID


class RequestOut(WishBody):
    """A request, with its next step and the step's date as long as it is open."""

    id: UUID
    student_id: UUID
    state: RequestState
    waves_used: int
    next_step: NextStep
    next_step_at: datetime | None
    created_at: datetime
    closed_at: datetime | None


@routes.get("/requests")
def list_requests(
    access: Reader,
    state: Annotated[list[RequestState] | None, Query(description="Only in these states.")] = None,
    student_id: UUID | None = None,
    after: After = None,
    limit: Limit = 50,
) -> Page[RequestOut]:
    """Requests, the newest first."""
    query = select(Request)
    if state:
        query = query.where(Request.state.in_(state))
    if student_id:
        query = query.where(Request.student_id == student_id)
    with as_staff(access) as reading:
        found, cursor = rows(reading, query, Request, after, limit)
        return Page(items=[_shown(request) for request in found], next=cursor)


@routes.get("/requests/{request_id}")
def read_request(access: Reader, request_id: Id, response: Response) -> RequestOut:
    """One request."""
    with as_staff(access) as reading:
        return _tagged(reading, request_id, response)


@routes.post("/requests", status_code=201)
def ask_for_mentor(access: Writer, body: NewRequest, response: Response) -> RequestOut:
    """Ask for a mentor in a student's name. The three who fit best are asked within seconds."""
    with on_behalf_of(access, body.student_id) as work:
        return _tagged(work, request_mentor(work, body.student_id, body.as_wish()), response)


@routes.put("/requests/{request_id}")
def change_request(
    access: Writer, request_id: Id, body: WishBody, response: Response, if_match: IfMatch = None
) -> RequestOut:
    """Change what is asked for: offers already out are withdrawn, and the search begins anew."""
    with as_staff(access) as reading:
        student_id = _request(reading, request_id).student_id
    with on_behalf_of(access, student_id) as work:
        with work.as_system():  # locked until the change is made, or two who read the same version would both change it
            require_version(if_match, lock_request(work, request_id).updated_at)
        edit_request(work, request_id, body.as_wish())
        work.session.expire_all()
        return _tagged(work, request_id, response)


@routes.delete("/requests/{request_id}")
def take_back_request(access: Writer, request_id: Id, response: Response) -> RequestOut:
    """Cancel a request: offers already out are withdrawn."""
    with as_staff(access) as reading:
        student_id = _request(reading, request_id).student_id
    with on_behalf_of(access, student_id) as work:
        cancel_request(work, request_id)
        work.session.expire_all()
        return _tagged(work, request_id, response)


def _tagged(reading: Reading, request_id: UUID, response: Response) -> RequestOut:
    request = _request(reading, request_id)
    response.headers["ETag"] = etag(request.updated_at)
    return _shown(request)


def _request(reading: Reading, request_id: UUID) -> Request:
    found = reading.session.get(Request, request_id)
    if found is None:
        raise NotFound(request_id=request_id)
    return found


def _shown(request: Request) -> RequestOut:
    return RequestOut(
        id=request.id,
        student_id=request.student_id,
        wish=request.wish,
        must_share=[MustShare(rule) for rule in request.must_share],
        anything_else=request.anything_else,
        state=request.state,
        waves_used=request.waves_used,
        next_step=request.next_step,
        next_step_at=request.next_step_at,
        created_at=request.created_at,
        closed_at=request.closed_at,
    )
