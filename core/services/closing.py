"""Offers that end without this mentor's yes: their cards change, and the places they held are free for others."""

from uuid import UUID

from sqlalchemy import ColumnElement, select, update

from core.models import Batch, Offer, OfferQuestion, Request
from core.notifications import Kind, redraw
from core.queue import Job
from core.rules.offers import BatchState, OfferState, move
from core.uow import Work


def show_offer(work: Work, offer_id: UUID) -> None:
    """Draw every card about an offer again: the mentor's, and those of its questions."""
    redraw(work, Kind.OFFER, offer_id)
    redraw(work, Kind.OFFER_REMINDER, offer_id)
    work.session.flush()
    for question_id in work.session.scalars(select(OfferQuestion.id).where(OfferQuestion.offer_id == offer_id)).all():
        redraw(work, Kind.OFFER_QUESTION, question_id)
        redraw(work, Kind.OFFER_ANSWER, question_id)


def close_offers(work: Work, request_id: UUID, state: OfferState, *which: ColumnElement[bool]) -> list[UUID]:
    """Move the open offers of a locked request, or those of `which`, to this final state. Returns their mentors."""
    closed = work.session.execute(
        update(Offer)
        .where(Offer.request_id == request_id, Offer.state == OfferState.OPEN, *which)
        .values(state=move(OfferState.OPEN, state), answered_at=work.now)
        .returning(Offer.id, Offer.mentor_id)
    ).all()
    for offer_id, mentor_id in sorted((row.id, row.mentor_id) for row in closed):
        show_offer(work, offer_id)
        work.queue(Job.REFRESH_HOME, mentor_id)
        work.queue(Job.FILL_PLACES, mentor_id)
    return [mentor_id for _, mentor_id in closed]


def withdraw_wave(work: Work, request: Request) -> None:
    """End what is out for a locked request; each mentor's card says so. A withdrawn wave does not count."""
    close_offers(work, request.id, OfferState.WITHDRAWN)
    withdrawn = work.session.scalar(
        update(Batch)
        .where(Batch.request_id == request.id, Batch.state == BatchState.OPEN)
        .values(state=BatchState.WITHDRAWN, ended_at=work.now)
        .returning(Batch.id)
    )
    if withdrawn:
        request.waves_used -= 1
