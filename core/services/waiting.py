"""The waiting list: who is tried again at once because a mentor may be asked."""

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from sqlalchemy import func, select

from core.models import Offer, Profile, Request, User
from core.rules.facts import RequestFacts
from core.rules.offers import OfferState
from core.rules.requests import RequestState
from core.rules.roles import PersonState
from core.rules.waiting import next_in_line
from core.services.candidates import IS_MENTOR, mentor_facts
from core.services.intakes import intake_facts
from core.services.policies import current_policies
from core.uow import Reading

MOST_LOOKED_AT = 500
LOADED_AT_ONCE = 100


def ready(reading: Reading, mentor_ids: Collection[UUID] | None = None) -> list[UUID]:
    """Waiting requests for which one of these mentors, or of all, may be asked now: who asked first comes first."""
    waiting = reading.session.scalars(
        select(Request.id)
        .where(Request.state == RequestState.WAITING)
        .order_by(Request.created_at, Request.id)
        .limit(MOST_LOOKED_AT)
    ).all()
    if not waiting:
        return []
    mentors = mentor_facts(reading, _with_room(reading) if mentor_ids is None else mentor_ids)
    return next_in_line(_facts(reading, waiting), list(mentors.values()), reading.now)


def _facts(reading: Reading, request_ids: Sequence[UUID]) -> Iterator[RequestFacts]:
    """Who waits, in order, a few at a time: often the first ones take what there is. Nobody is asked about them, so it
    makes no difference that an intake's offers count as taken back.
    """
    for start in range(0, len(request_ids), LOADED_AT_ONCE):
        yield from intake_facts(reading, request_ids[start : start + LOADED_AT_ONCE])


def _with_room(reading: Reading) -> list[UUID]:
    """Mentors who take students now and stand in fewer open offers than their free places allow."""
    open_offers = (
        select(func.count())
        .where(Offer.mentor_id == Profile.user_id, Offer.state == OfferState.OPEN)
        .correlate(Profile)
        .scalar_subquery()
    )
    allowed = (Profile.max_mentees - Profile.current_mentees) * current_policies(reading).offers_per_place
    return list(
        reading.session.scalars(
            select(Profile.user_id)
            .join(User, User.id == Profile.user_id)
            .where(
                IS_MENTOR,
                User.state == PersonState.ACTIVE,
                Profile.max_mentees > Profile.current_mentees,
                func.coalesce(Profile.paused_until, reading.now) <= reading.now,
                open_offers < allowed,
            )
        )
    )
