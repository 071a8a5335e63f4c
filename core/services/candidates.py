"""What matching must know of requests and mentors, read on fresh rows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ARRAY, CompoundSelect, Uuid, any_, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from core.models import Block, Match, Offer, Profile, Request, User
from core.rules.errors import NotFound
from core.rules.facts import MentorFacts, ProfileFacts, RequestFacts
from core.rules.offers import DeclineReason, OfferState
from core.rules.roles import Role
from core.services.policies import current_policies
from core.services.taxonomy import current_taxonomy
from core.taxonomy import Taxonomy
from core.uow import Reading

FRESH: Final = {"populate_existing": True}  # what a session holds already may be older than the row
REMEMBERED: Final = timedelta(days=182)
NO_REQUEST: Final = UUID(int=0)
IS_MENTOR: Final = (Profile.role == Role.MENTOR) & (literal(Role.MENTOR.value) == any_(User.roles))

SAID_NO: Final = (Offer.state == OfferState.DECLINED) & (Offer.decline_reason != DeclineReason.NO_TIME)
"""For good: who only had no time may be asked again."""

PROFILE: Final[tuple[InstrumentedAttribute[Any], ...]] = (
    Profile.id,
    Profile.user_id,
    Profile.headline,
    Profile.goals,
    Profile.about,
    Profile.industries,
    Profile.research,
    Profile.skills,
    Profile.location,
    User.tz,
    Profile.meet,
    Profile.languages,
    Profile.content_hash,
)
"""In the order of `ProfileFacts`, whose last field is `not_my_field`."""


def request_facts(reading: Reading, request_id: UUID) -> RequestFacts:
    """A request with its student's profile, and whom it may not be offered to. Raises `NotFound`."""
    row = reading.session.execute(
        select(Request, Profile, User.tz)
        .join(User, User.id == Request.student_id)
        .join(Profile, (Profile.user_id == User.id) & (Profile.role == Role.STUDENT))
        .where(Request.id == request_id)
        .execution_options(**FRESH)
    ).one_or_none()
    if row is None:
        raise NotFound(request_id=request_id)
    request, profile, tz = row
    excluded = reading.session.scalars(_excluded(request.id, request.student_id))
    facts = asked_facts(request, profile_facts(profile, tz), excluded, current_taxonomy(reading))
    return facts if request.waves_used else replace(facts, wanted_mentor_id=request.wanted_mentor_id)


def asked_facts(request: Request, student: ProfileFacts, excluded: Iterable[UUID], taxonomy: Taxonomy) -> RequestFacts:
    """A request's row as plain values, without the mentor who is wanted."""
    return RequestFacts(
        request_id=request.id,
        student=student,
        wish=request.wish,
        anything_else=request.anything_else,
        must_share=tuple(request.must_share),
        excluded=frozenset(excluded),
        taxonomy=taxonomy,
    )


def facts_before_asking(reading: Reading, student_id: UUID) -> RequestFacts:
    """A request that this student has not made yet, as the hard rules would see it. Raises `NotFound`."""
    row = reading.session.execute(
        select(Profile, User.tz)
        .join(User, User.id == Profile.user_id)
        .where(Profile.user_id == student_id, Profile.role == Role.STUDENT)
        .execution_options(**FRESH)
    ).one_or_none()
    if row is None:
        raise NotFound(student_id=student_id)
    profile, tz = row
    return RequestFacts(
        request_id=NO_REQUEST,
        student=profile_facts(profile, tz),
        wish="",
        excluded=frozenset(reading.session.scalars(_excluded(NO_REQUEST, student_id))),
        taxonomy=current_taxonomy(reading),
    )


def _excluded(request_id: UUID, student_id: UUID) -> CompoundSelect[UUID]:
    """Blocked either way; asked in this request and not taken back; said no for good; or matched before."""
    return union_all(
        select(Block.other_id).where(Block.user_id == student_id),
        select(Block.user_id).where(Block.other_id == student_id),
        select(Offer.mentor_id).where(Offer.request_id == request_id, Offer.state != OfferState.WITHDRAWN),
        select(Offer.mentor_id).where(Offer.student_id == student_id, SAID_NO),
        select(Match.mentor_id).where(Match.student_id == student_id),
    )


def mentor_facts(reading: Reading, user_ids: Iterable[UUID]) -> dict[UUID, MentorFacts]:
    """The mentors among these people, by user id. Who is no mentor any more is left out.

    A search asks for more than a thousand: rows are read as plain columns, which takes a third of the time.
    """
    user_ids = list(user_ids)
    open_offers = (
        select(func.count())
        .where(Offer.mentor_id == User.id, Offer.state == OfferState.OPEN)
        .correlate(User)
        .scalar_subquery()
    )
    fields = declined_fields(reading, user_ids)
    per_place = literal(current_policies(reading).offers_per_place)
    places = (Profile.max_mentees, Profile.current_mentees, open_offers, Profile.paused_until, per_place)
    rows = reading.session.execute(
        select(*PROFILE, User.state, *places)
        .join(User, User.id == Profile.user_id)
        .where(IS_MENTOR, Profile.user_id == any_(literal(user_ids, ARRAY(Uuid))))
    )
    told = len(PROFILE)
    return {
        row.user_id: MentorFacts(ProfileFacts(*(*map(_frozen, row[:told]), fields.get(row.user_id, ()))), *row[told:])
        for row in rows
    }


def declined_fields(reading: Reading, user_ids: list[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Industries of students whom these mentors declined as "Not my field" within half a year, by mentor.

    An industry of which the mentor took a student in that time is theirs after all.
    """
    theirs = Offer.mentor_id == any_(literal(user_ids, ARRAY(Uuid)))
    told = (Offer.state == OfferState.ACCEPTED) | (Offer.decline_reason == DeclineReason.NOT_MY_FIELD)
    rows = reading.session.execute(
        select(Offer.mentor_id, Offer.state, Profile.industries)
        .join(Profile, (Profile.user_id == Offer.student_id) & (Profile.role == Role.STUDENT))
        .where(theirs, told, Offer.answered_at > reading.now - REMEMBERED)
    )
    declined: dict[UUID, set[str]] = defaultdict(set)
    taken: dict[UUID, set[str]] = defaultdict(set)
    for mentor_id, state, industries in rows:
        (taken if state is OfferState.ACCEPTED else declined)[mentor_id].update(industries)
    return {mentor_id: tuple(sorted(names - taken[mentor_id])) for mentor_id, names in declined.items()}


def profile_facts(profile: Profile, tz: str = "") -> ProfileFacts:
    """A profile's row as plain values."""
    return ProfileFacts(
        profile_id=profile.id,
        user_id=profile.user_id,
        headline=profile.headline,
        goals=profile.goals,
        about=profile.about,
        industries=tuple(profile.industries),
        research=tuple(profile.research),
        skills=tuple(profile.skills),
        location=profile.location,
        tz=tz,
        meet=tuple(profile.meet),
        languages=tuple(profile.languages),
        content_hash=profile.content_hash,
    )


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
