"""The Home tab: everything that is open for one person, in one reading, and no more of it than is shown."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from core.models import Offer, Profile
from core.rules.mentoring import is_paused
from core.rules.offers import OfferState
from core.rules.requests import OPEN
from core.rules.roles import Role
from core.services.action_items import ItemView, open_items
from core.services.asks import AskView, asks_at_home
from core.services.coming_meetings import ComingMeeting, coming_meetings
from core.services.listing import First, first
from core.services.offers import OfferCard, offer_card
from core.services.open_questions import open_count
from core.services.overviews import Mentorship, mentees_of, mentors_of
from core.services.own_questions import OwnQuestion, claimed_at_home, questions_at_home
from core.services.people import Person, by_id
from core.services.questions import QuestionView
from core.services.requests import latest_request
from core.services.standing import RequestStatus, status
from core.services.suggestions import SuggestionView, open_suggestions
from core.uow import Reading

MOST_ASKS, MOST_MEETINGS, MOST_ITEMS = 6, 6, 6
MOST_OFFERS, MOST_PARTNERS = 6, 20
MOST_QUESTIONS, MOST_CLAIMED, MOST_SUGGESTIONS = 5, 5, 2


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
    offers: First[OfferCard]
    mentors: First[Mentorship]
    mentees: First[Mentorship]
    asks: First[AskView]
    meetings: First[ComingMeeting]
    items: First[ItemView]
    suggestions: tuple[SuggestionView, ...]
    questions: First[OwnQuestion]
    claimed: First[QuestionView]
    open_questions: int  # of others, for this mentor to claim

    @property
    def asks_for_mentor(self) -> bool:
        """Whether a request of theirs is open."""
        return self.request is not None and self.request.state in OPEN


def home(reading: Reading, person_id: UUID) -> Home:
    """Everything that is open for this person."""
    profiles = {
        profile.role: profile
        for profile in reading.session.scalars(select(Profile).where(Profile.user_id == person_id))
    }
    request_id = latest_request(reading, person_id)
    request = status(reading, request_id) if request_id else None
    asks_for_mentor = request is not None and request.state in OPEN
    mentor = profiles.get(Role.MENTOR)
    asked = select(Offer.id).where(Offer.mentor_id == person_id, Offer.state == OfferState.OPEN)
    offers = first(reading, asked.order_by(Offer.deadline, Offer.id), MOST_OFFERS, lambda id_: offer_card(reading, id_))
    return Home(
        person=by_id(reading, person_id),
        has_student_profile=Role.STUDENT in profiles,
        request=request,
        load=_load(mentor, offers.all, reading.now),
        offers=offers,
        mentors=mentors_of(reading, person_id, MOST_PARTNERS),
        mentees=mentees_of(reading, person_id, MOST_PARTNERS),
        asks=asks_at_home(reading, person_id, MOST_ASKS),
        meetings=coming_meetings(reading, person_id, MOST_MEETINGS),
        items=open_items(reading, person_id, MOST_ITEMS),
        suggestions=() if asks_for_mentor else open_suggestions(reading, person_id, MOST_SUGGESTIONS),
        questions=questions_at_home(reading, person_id, MOST_QUESTIONS),
        claimed=claimed_at_home(reading, person_id, MOST_CLAIMED),
        open_questions=open_count(reading, person_id) if mentor else 0,
    )


def _load(profile: Profile | None, offers: int, now: datetime) -> MentorLoad | None:
    if profile is None:
        return None
    paused_until = profile.paused_until if is_paused(profile.paused_until, now) else None
    return MentorLoad(profile.current_mentees, profile.max_mentees, offers, paused_until)
