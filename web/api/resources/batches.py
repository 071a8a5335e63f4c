"""Batches: one wave of offers for a request, with scores and reasons."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field
from sqlalchemy import select

from core.models import Batch, Offer
from core.rules.errors import NotFound
from core.rules.offers import BatchState, DeclineReason, OfferState
from core.rules.scopes import Scope
from core.rules.scores import Criterion, CriterionScore
from core.services.offers import accept_offer, decline_offer
from core.uow import Reading
from web.api.access import Access, requires
from web.api.acting import Id, as_staff, on_behalf_of
from web.api.paging import After, Limit, Page, rows

routes = APIRouter(tags=["batches"])
Reader = Annotated[Access, Depends(requires(Scope.BATCHES_READ))]
Writer = Annotated[Access, Depends(requires(Scope.BATCHES_WRITE))]


class CriterionOut(BaseModel):
    """How a pair does by one criterion: `points` of `weight`, and the phrases of both that made it."""

    criterion: Criterion
    weight: float
    share: float
    points: float
    student_phrase: str
    mentor_phrase: str
    lowered_for: str


class OfferOut(BaseModel):
    """One mentor who was asked."""

    id: UUID
    mentor_id: UUID
    rank: int
    score: float = Field(description="Out of 100.")
    criteria: list[CriterionOut]
    state: OfferState
    decline_reason: DeclineReason | None
    deadline: datetime
    answered_at: datetime | None


class BatchOut(BaseModel):
    """A wave: up to three offers, and what they were computed with."""

    id: UUID
    request_id: UUID
    student_id: UUID
    wave: int
    state: BatchState
    deadline: datetime
    selected_mentor_id: UUID | None
    model: str
    weights_version: int
    offers: list[OfferOut]


class Selection(BaseModel):
    """The mentor who takes the student."""

    mentor_id: UUID


class MatchMade(BaseModel):
    """The match that came of a selection."""

    match_id: UUID


class Decline(BaseModel):
    """Why a mentor says no. `Not my field` lets others go first for students of that field."""

    mentor_id: UUID
    reason: DeclineReason
    note: str = ""


@routes.get("/batches")
def list_batches(
    access: Reader, request_id: UUID | None = None, after: After = None, limit: Limit = 50
) -> Page[BatchOut]:
    """Batches, the newest first."""
    query = select(Batch)
    if request_id:
        query = query.where(Batch.request_id == request_id)
    with as_staff(access) as reading:
        found, cursor = rows(reading, query, Batch, after, limit)
        offers = _offers(reading, [batch.id for batch in found])
        return Page(items=[_shown(batch, offers.get(batch.id, [])) for batch in found], next=cursor)


@routes.get("/batches/{batch_id}")
def read_batch(access: Reader, batch_id: Id) -> BatchOut:
    """One batch with its offers, best first."""
    with as_staff(access) as reading:
        batch = reading.session.get(Batch, batch_id)
        if batch is None:
            raise NotFound(batch_id=batch_id)
        return _shown(batch, _offers(reading, [batch_id]).get(batch_id, []))


@routes.post("/batches/{batch_id}/select")
def select_student(access: Writer, batch_id: Id, body: Selection) -> MatchMade:
    """Say yes as one of the asked mentors: the first yes makes the match, and the others are told."""
    with as_staff(access) as reading:
        offer_id = _offer_of(reading, batch_id, body.mentor_id)
    with on_behalf_of(access, body.mentor_id) as work:
        return MatchMade(match_id=accept_offer(work, offer_id))


@routes.post("/batches/{batch_id}/decline", status_code=204)
def decline_student(access: Writer, batch_id: Id, body: Decline) -> None:
    """Say no as one of the asked mentors."""
    with as_staff(access) as reading:
        offer_id = _offer_of(reading, batch_id, body.mentor_id)
    with on_behalf_of(access, body.mentor_id) as work:
        decline_offer(work, offer_id, body.reason, note=body.note)


def _offer_of(reading: Reading, batch_id: UUID, mentor_id: UUID) -> UUID:
    found = reading.session.scalar(select(Offer.id).where(Offer.batch_id == batch_id, Offer.mentor_id == mentor_id))
    if found is None:
        raise NotFound(batch_id=batch_id, mentor_id=mentor_id)
    return found


def _offers(reading: Reading, batch_ids: list[UUID]) -> dict[UUID, list[Offer]]:
    found: dict[UUID, list[Offer]] = {}
    for offer in reading.session.scalars(select(Offer).where(Offer.batch_id.in_(batch_ids)).order_by(Offer.rank)):
        found.setdefault(offer.batch_id, []).append(offer)
    return found


def _shown(batch: Batch, offers: list[Offer]) -> BatchOut:
    return BatchOut(
        id=batch.id,
        request_id=batch.request_id,
        student_id=batch.student_id,
        wave=batch.wave,
        state=batch.state,
        deadline=batch.deadline,
        selected_mentor_id=batch.selected_mentor_id,
        model=batch.model,
        weights_version=batch.weights_version,
        offers=[_offer(offer) for offer in offers],
    )


def _offer(offer: Offer) -> OfferOut:
    return OfferOut(
        id=offer.id,
        mentor_id=offer.mentor_id,
        rank=offer.rank,
        score=offer.score,
        criteria=[CriterionOut.model_validate(CriterionScore.from_json(part).as_json()) for part in offer.criteria],
        state=offer.state,
        decline_reason=offer.decline_reason,
        deadline=offer.deadline,
        answered_at=offer.answered_at,
    )
