"""What matching must know of a whole intake: many requests at once, and the places that mentors have for them.

What is out for these requests counts as taken back, since that is what becomes of it when they are published.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, all_, any_, func, literal, select, union_all

from core.models import Block, Match, Offer, Profile, Request, User
from core.rules.cohorts import UNMATCHED, places
from core.rules.facts import MentorFacts, RequestFacts
from core.rules.offers import OfferState
from core.rules.requests import RequestState
from core.rules.roles import PersonState, Role
from core.services.candidates import FRESH, IS_MENTOR, SAID_NO, asked_facts, mentor_facts, profile_facts
from core.services.taxonomy import current_taxonomy
from core.uow import Reading


def states_of(*, include_offered: bool) -> frozenset[RequestState]:
    """The states whose requests a run takes in."""
    return UNMATCHED | {RequestState.OFFERED} if include_offered else UNMATCHED


def intake_of(reading: Reading, cohort_id: UUID | None, *, include_offered: bool) -> list[UUID]:
    """The open requests to be matched: of one cohort, or all there are; who asked first before all others."""
    wanted = select(Request.id).where(Request.state.in_(states_of(include_offered=include_offered)))
    if cohort_id is not None:
        wanted = wanted.where(Request.cohort_id == cohort_id)
    return list(reading.session.scalars(wanted.order_by(Request.created_at, Request.id)))


def intake_facts(reading: Reading, request_ids: Sequence[UUID]) -> list[RequestFacts]:
    """These requests with their students' profiles, in this order; without a profile there is nothing to match."""
    rows = reading.session.execute(
        select(Request, Profile, User.tz)
        .join(User, User.id == Request.student_id)
        .join(Profile, (Profile.user_id == User.id) & (Profile.role == Role.STUDENT))
        .where(Request.id == any_(literal(list(request_ids), ARRAY(Uuid))))
        .execution_options(**FRESH)
    ).all()
    excluded, taxonomy = _excluded(reading, request_ids), current_taxonomy(reading)
    found = {
        request.id: asked_facts(request, profile_facts(profile, tz), excluded[request.student_id], taxonomy)
        for request, profile, tz in rows
    }
    return [found[request_id] for request_id in request_ids if request_id in found]


def _excluded(reading: Reading, request_ids: Sequence[UUID]) -> Mapping[UUID, set[UUID]]:
    """Whom each student of these requests cannot be brought together with, as in `candidates`."""
    these = any_(literal(list(request_ids), ARRAY(Uuid)))
    students = select(Request.student_id).where(Request.id == these)
    answered = Offer.state.not_in((OfferState.WITHDRAWN, OfferState.OPEN))
    rows = reading.session.execute(
        union_all(
            select(Block.user_id, Block.other_id).where(Block.user_id.in_(students)),
            select(Block.other_id, Block.user_id).where(Block.other_id.in_(students)),
            select(Offer.student_id, Offer.mentor_id).where(Offer.request_id == these, answered),
            select(Offer.student_id, Offer.mentor_id).where(Offer.student_id.in_(students), SAID_NO),
            select(Match.student_id, Match.mentor_id).where(Match.student_id.in_(students)),
        )
    )
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for student_id, mentor_id in rows:
        found[student_id].add(mentor_id)
    return found


def intake_mentors(
    reading: Reading, request_ids: Collection[UUID], mentor_ids: Sequence[UUID] | None = None
) -> dict[UUID, tuple[MentorFacts, int]]:
    """Mentors, all active ones or these, with the places that each has for this intake."""
    if mentor_ids is None:
        active = select(Profile.user_id).join(User, User.id == Profile.user_id)
        mentor_ids = reading.session.scalars(active.where(IS_MENTOR, User.state == PersonState.ACTIVE)).all()
    of_others = Offer.request_id != all_(literal(list(request_ids), ARRAY(Uuid)))
    asked = select(Offer.mentor_id, func.count().label("offers")).where(Offer.state == OfferState.OPEN, of_others)
    rows = reading.session.execute(asked.group_by(Offer.mentor_id))
    elsewhere = {row.mentor_id: row.offers for row in rows}
    return {
        mentor_id: (facts, places(facts.free_places, elsewhere.get(mentor_id, 0), facts.offers_per_place))
        for mentor_id, facts in mentor_facts(reading, mentor_ids).items()
    }
