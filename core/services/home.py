"""The Home tab: everything that is open for one person, in one reading."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from core.models import Offer, Profile
from core.rules.mentoring import is_paused
from core.rules.offers import OfferState
from core.rules.roles import Role
from core.services.action_items import ItemView, open_items
from core.services.asks import AskView, open_asks
from core.services.meetings import ComingMeeting, coming_meetings
from core.services.offers import OfferCard, offer_card
from core.services.overviews import Mentorship, mentorships_of
from core.services.people import Person, by_id
from core.services.requests import latest_request
from core.services.standing import RequestStatus, status
from core.uow import Reading

MOST_OFFERS = 10


@dataclass(frozen=True)
class MentorLoad:
    """How much a mentor carries and wants to carry."""

    current: int
    most: int
    open_offers: int
    paused_until: datetime | None  # None unless paused at this moment


@dataclass(frozen=True)
class Home:
    """What a person's dashboard shows."""

    person: Person
    has_student_profile: bool
    request: RequestStatus | None
    load: MentorLoad | None
    offers: tuple[OfferCard, ...]
    matches: tuple[Mentorship, ...]
    asks: tuple[AskView, ...] = ()
    meetings: tuple[ComingMeeting, ...] = ()
    items: tuple[ItemView, ...] = ()


def home(reading: Reading, person_id: UUID) -> Home:
    """Everything that is open for this person."""
    profiles = {
        profile.role: profile
        for profile in reading.session.scalars(select(Profile).where(Profile.user_id == person_id))
    }
    request_id = latest_request(reading, person_id)
    offers = reading.session.scalars(
        select(Offer.id).where(Offer.mentor_id == person_id, Offer.state == OfferState.OPEN).order_by(Offer.deadline)
    ).all()
    return Home(
        person=by_id(reading, person_id),
        has_student_profile=Role.STUDENT in profiles,
        request=status(reading, request_id) if request_id else None,
        load=_load(profiles.get(Role.MENTOR), len(offers), reading.now),
        offers=tuple(offer_card(reading, offer_id) for offer_id in offers[:MOST_OFFERS]),
        matches=mentorships_of(reading, person_id),
        asks=open_asks(reading, person_id),
        meetings=coming_meetings(reading, person_id),
        items=open_items(reading, person_id),
    )


def _load(profile: Profile | None, offers: int, now: datetime) -> MentorLoad | None:
    if profile is None:
        return None
    paused_until = profile.paused_until if is_paused(profile.paused_until, now) else None
    return MentorLoad(profile.current_mentees, profile.max_mentees, offers, paused_until)
