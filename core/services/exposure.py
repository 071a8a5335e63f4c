"""Exposure: a mentor stands in no more open offers than their free places allow, also when these grow fewer."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, select

from core.models import Offer, Profile
from core.rules.eligibility import kept
from core.rules.offers import OfferState
from core.services.closing import close_offers
from core.services.policies import timeline
from core.services.requests import lock_request
from core.services.waves import settle_wave
from core.uow import Work

OpenOffer = Row[UUID, UUID, UUID, datetime]


def take_back_surplus(work: Work, mentor: Profile) -> None:
    """Take back the newest open offers beyond what the mentor's free places allow; their requests go on at once.

    The mentor must be locked by `lock_person`, so that all these requests are locked as well.
    """
    work.session.flush()
    work.session.refresh(mentor)
    free, policies = max(0, mentor.max_mentees - mentor.current_mentees), timeline(work)
    open_offers = _open_offers(work, mentor.user_id)
    allowed = [policies.most_since(offer.created_at, lambda each: each.offers_per_place) for offer in open_offers]
    _close(work, open_offers[kept(free, allowed) :])


def take_back(work: Work, mentor_id: UUID) -> int:
    """Take back all open offers of a mentor locked by `lock_person`. Returns how many."""
    open_offers = _open_offers(work, mentor_id)
    _close(work, open_offers)
    return len(open_offers)


def _open_offers(work: Work, mentor_id: UUID) -> Sequence[OpenOffer]:
    """The oldest first."""
    open_offers = select(Offer.id, Offer.request_id, Offer.batch_id, Offer.created_at)
    mine = open_offers.where(Offer.mentor_id == mentor_id, Offer.state == OfferState.OPEN)
    return work.session.execute(mine.order_by(Offer.id)).all()


def _close(work: Work, offers: Sequence[OpenOffer]) -> None:
    for offer in offers:
        request = lock_request(work, offer.request_id)
        close_offers(work, offer.request_id, OfferState.WITHDRAWN, Offer.id == offer.id)
        settle_wave(work, request, offer.batch_id)
