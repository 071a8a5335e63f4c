"""Exposure: a mentor never stands in more open offers than twice their free places, also when these grow fewer."""

from uuid import UUID

from sqlalchemy import select

from core.models import Offer, Profile
from core.rules.eligibility import OFFERS_PER_PLACE
from core.rules.offers import OfferState
from core.services.closing import close_offers
from core.services.requests import lock_request
from core.services.waves import settle_wave
from core.uow import Work


def take_back_surplus(work: Work, mentor: Profile) -> None:
    """Take back the newest open offers beyond what the mentor's free places allow; their requests go on at once.

    The mentor must be locked by `lock_person`, so that all these requests are locked as well.
    """
    work.session.flush()
    work.session.refresh(mentor)
    free = max(0, mentor.max_mentees - mentor.current_mentees)
    take_back(work, mentor.user_id, keep=free * OFFERS_PER_PLACE)


def take_back(work: Work, mentor_id: UUID, *, keep: int = 0) -> int:
    """Take back all open offers but the oldest `keep` of a mentor locked by `lock_person`. Returns how many."""
    open_offers = (
        select(Offer.id, Offer.request_id, Offer.batch_id)
        .where(Offer.mentor_id == mentor_id, Offer.state == OfferState.OPEN)
        .order_by(Offer.id)
        .offset(keep)
    )
    surplus = work.session.execute(open_offers).all()
    for offer_id, request_id, batch_id in surplus:
        request = lock_request(work, request_id)
        close_offers(work, request_id, OfferState.WITHDRAWN, Offer.id == offer_id)
        settle_wave(work, request, batch_id)
    return len(surplus)
