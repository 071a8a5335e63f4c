"""Locks around an offer, always in one order: requests by id, their offers, mentors' profiles by person.

Whoever holds a request's lock is alone with its offers; whoever holds a profile's lock is alone with its places.
A match that ends is locked before all of these, since its end frees a place.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from core.models import Offer, Profile, Request
from core.rules.errors import NotFound
from core.rules.offers import OfferState
from core.rules.requests import OPEN
from core.rules.roles import Role
from core.services.people import lock_user
from core.uow import Reading, Work


class _Moved(Exception):
    """Another offer or request arrived while locks were taken."""


def own_offer(reading: Reading, offer_id: UUID) -> Offer:
    """An offer to the actor. Raises `NotFound` for everybody else's."""
    offer = reading.session.get(Offer, offer_id)
    if offer is None or offer.mentor_id != reading.actor.user_id:
        raise NotFound(offer_id=offer_id)
    return offer


def lock_offer(work: Work, offer_id: UUID) -> Offer:
    """The offer as it is now, locked, its request being locked already."""
    statement = select(Offer).where(Offer.id == offer_id).with_for_update()
    return work.session.scalars(statement.execution_options(populate_existing=True)).one()


def lock_mentors(work: Work, mentor_ids: Collection[UUID]) -> dict[UUID, Profile]:
    """These mentors' profiles as they are now, locked, by person."""
    statement = (
        select(Profile)
        .where(Profile.user_id.in_(mentor_ids), Profile.role == Role.MENTOR)
        .order_by(Profile.user_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {profile.user_id: profile for profile in work.session.scalars(statement)}


def lock_person(
    work: Work, person_id: UUID, *more: UUID, beside: Collection[UUID] = (), wholly: bool = False
) -> Profile | None:
    """Lock all that a person's places depend on: every request they are asked about or ask in, then their profile as
    a mentor, if they have one. Nobody can offer them another student until this work is over. `more` are further
    requests to lock, `beside` further mentors. With `wholly` all their profiles and their own row are locked as well,
    which who asks for a mentor holds: nor can they ask for one.

    What arrives while the locks are taken lets go of them and begins again: the order is never broken.
    """
    while True:
        try:
            with work.session.begin_nested():
                known = _requests(work, person_id) | set(more)
                work.session.execute(
                    select(Request.id).where(Request.id.in_(known)).order_by(Request.id).with_for_update()
                )
                if wholly:
                    _lock_profiles(work, person_id)
                profile = lock_mentors(work, [person_id, *beside]).get(person_id)
                if wholly:
                    lock_user(work, person_id)
                if not _requests(work, person_id) <= known:
                    raise _Moved
                return profile
        except _Moved:
            continue


def _lock_profiles(work: Work, person_id: UUID) -> None:
    """Both profiles of who is student and mentor: they go together, and before the person's own row."""
    theirs = select(Profile.id).where(Profile.user_id == person_id)
    work.session.execute(theirs.order_by(Profile.id).with_for_update())


def _requests(work: Work, person_id: UUID) -> set[UUID]:
    asked = select(Offer.request_id).where(Offer.mentor_id == person_id, Offer.state == OfferState.OPEN)
    asking = select(Request.id).where(Request.student_id == person_id, Request.state.in_(OPEN))
    return set(work.session.scalars(asked.union(asking)))
