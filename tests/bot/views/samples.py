"""People, requests, offers and matches to draw: as told by somebody tidy, by somebody awkward, by somebody terse."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from core.rules.agreements import NOT_YET, Agreement
from core.rules.checkins import AskKind, AskState
from core.rules.eligibility import Refusal
from core.rules.facts import MentorFacts, ProfileFacts
from core.rules.health import HealthState
from core.rules.matches import LIVE, MatchState
from core.rules.offers import OfferState
from core.rules.profiles import ProfileAnswers
from core.rules.requests import NextStep, RequestState, position
from core.rules.roles import Meet, PersonState, Role
from core.rules.runs import RunState
from core.rules.scores import DEFAULT_WEIGHTS, CriterionScore
from core.rules.suggestions import SuggestionState
from core.rules.wishes import MustShare, Wish
from core.services import home as services
from core.services.action_items import ItemView
from core.services.asks import AskView, Sheet
from core.services.coming_meetings import ComingMeeting
from core.services.exchanges import Exchange
from core.services.feedback import FeedbackView
from core.services.health import HealthView
from core.services.help import HelpView
from core.services.home import Home, MentorLoad
from core.services.keepsakes import Keepsake, KeptMeeting
from core.services.listing import First
from core.services.manual_runs import ManualRun, ScoredMentor
from core.services.matches import LiveMatch, MatchView, Pair
from core.services.offer_questions import QuestionView
from core.services.offers import OfferCard
from core.services.overviews import NEVER_MET, Contact, Mentorship
from core.services.own_questions import OwnQuestion
from core.services.people import Person
from core.services.profiles import ProfileCard
from core.services.questions import QuestionView as QuickQuestion
from core.services.staff_messages import StaffMessageView
from core.services.standing import RequestStatus
from core.services.suggestions import SuggestionView

NOON = datetime(2030, 3, 1, 12, 0, tzinfo=UTC)
ONE, TWO = UUID(int=1), UUID(int=2)
NASTY = "<!channel> <@U0NASTY|you> <https://example.org|here> javascript:alert(1) & *bold* `code` 🎓👩🏽‍🔬 مرحبا‎ "

STUDENT = ProfileAnswers(
    role=Role.STUDENT,
    headline="Biology student who codes",
    goals="I want to work on data in drug discovery.",
    industries=("Biotechnology",),
    research=("Genomics",),
    skills=("Python", "Machine learning"),
    location="Rotterdam",
    meet=(Meet.VIDEO, Meet.IN_PERSON),
    languages=("English", "Dutch"),
    about="I row.",
)
MENTOR = replace(STUDENT, role=Role.MENTOR, headline="Data scientist in pharma", goals="First jobs.", max_mentees=2)


def long(text: str = NASTY, length: int = 3001) -> str:
    """Text of exactly this many characters."""
    return (text * (length // len(text) + 1))[:length]


def awkward(answers: ProfileAnswers) -> ProfileAnswers:
    """A profile that no form of ours would have let through."""
    return replace(
        answers,
        headline=long(),
        goals=long(),
        about=long(),
        location=long(),
        skills=tuple(f"{number} {long(length=200)}" for number in range(101)),
        industries=tuple(long(length=76 + number) for number in range(30)),
        languages=("", " ", *(NASTY + str(number) for number in range(20))),
        meet=("Telepathy", Meet.CHAT),
        max_mentees=0,
    )


def terse(answers: ProfileAnswers) -> ProfileAnswers:
    """A profile with nothing in it."""
    return ProfileAnswers(role=answers.role, headline="", goals="")


def card(answers: ProfileAnswers = STUDENT, name: str = "Mia Tan", slack_user_id: str | None = "U0MIA") -> ProfileCard:
    return ProfileCard(ONE, name, slack_user_id, "Europe/Amsterdam", answers, 1)


def criteria(student: str = "drug discovery", mentor: str = "work in pharma") -> tuple[CriterionScore, ...]:
    return tuple(
        CriterionScore(criterion, weight, 0.8, weight * 0.8, student, mentor)
        for criterion, weight in DEFAULT_WEIGHTS.items()
    )


WISH = Wish("A plan for my first two years.", (MustShare.LANGUAGE, MustShare.TIME_ZONE), "Evenings suit me.")


def status(state: RequestState, *, wave: int = 1, wish: Wish = WISH, mentor: str = "Kim Alder") -> RequestStatus:
    place = position(state, NOON)
    return RequestStatus(
        request_id=ONE,
        student_id=ONE,
        tz="Europe/Amsterdam",
        state=state,
        wish=wish,
        wave=wave,
        asked=3,
        cannot=0,
        next_step=place.next_step,
        next_step_at=place.next_step_at,
        mentor_name=mentor if place.next_step is NextStep.NONE else None,
        match_id=None,
    )


def offer(state: OfferState = OfferState.OPEN, answers: ProfileAnswers = STUDENT, text: str = "A plan.") -> OfferCard:
    return OfferCard(
        offer_id=ONE,
        state=state,
        student_name="Mia Tan" if answers is STUDENT else text or "?",
        student=card(answers) if state is OfferState.OPEN else None,
        wish=text,
        anything_else=text,
        score=76.4,
        criteria=criteria(text, text),
        deadline=NOON + timedelta(hours=72),
        mentor_id=TWO,
        mentor_tz="America/New_York",
        match_id=None,
    )


def exchange(text: str = "Have you worked in a laboratory?", answer: str | None = None) -> Exchange:
    return Exchange(TWO, text, answer, NOON + timedelta(hours=24))


def asked(
    text: str = "Have you worked in a laboratory?",
    answer: str | None = None,
    state: OfferState = OfferState.OPEN,
    name: str = "Mia Tan",
) -> QuestionView:
    deadline = NOON + timedelta(hours=96)
    zones = "Europe/Amsterdam", "America/New_York"
    return QuestionView(exchange(text, answer), ONE, state, deadline, ONE, name, zones[0], TWO, zones[1])


def match(
    student: ProfileCard | None = None,
    mentor: ProfileCard | None = None,
    parts: tuple[CriterionScore, ...] | None = None,
    state: MatchState = MatchState.ACTIVE,
    wish: str = WISH.wish,
) -> MatchView:
    kim = card(MENTOR, "Kim Alder", "U0KIM")
    return MatchView(ONE, state, student or card(), mentor or kim, wish, criteria() if parts is None else parts)


def live(name: str = "Kim Alder", *, student: bool = True) -> LiveMatch:
    return LiveMatch(ONE, name, student, None)


def asked_about(  # a check-in or a survey, to a student
    kind: AskKind = AskKind.CHECK_IN,
    slot: str = "day 7",
    state: AskState = AskState.ASKED,
    name: str = "Kim Alder",
    goals: str = "",
    **said: Any,
) -> AskView:
    usual: dict[str, Any] = {"match_state": MatchState.ACTIVE, "partner_email": "kim@example.org", "i_am_student": True}
    return AskView(
        ask_id=ONE,
        sheet_id=ONE,
        match_id=TWO,
        kind=kind,
        slot=slot,
        state=state,
        asked_at=NOON,
        person_id=ONE,
        partner_name=name,
        goals=goals,
        **usual | said,
    )


def sheet(*asks: AskView) -> Sheet:
    return Sheet(ONE, ONE, asks or (asked_about(),))


def report(text: str = "He writes to me at night.", name: str = "Kim Alder", *, apart: bool = True) -> HelpView:
    partner = Person(TWO, name, "U0KIM", None, "UTC", frozenset({"mentor"}))
    return HelpView(ONE, TWO, apart, NOON, person(), partner, True, text, apart)


def shared(text: str = "A joy.", name: str = "Kim Alder") -> FeedbackView:
    author = Person(TWO, name, "U0KIM", None, "UTC", frozenset({"mentor"}))
    return FeedbackView(TWO, True, author, ONE, 4, text)


def mentorship(
    name: str = "Kim Alder",
    *,
    student: bool = True,
    slack_user_id: str | None = "U0KIM",
    agreement: Agreement = NOT_YET,
    contact: Contact = NEVER_MET,
    state: MatchState = MatchState.ACTIVE,
) -> Mentorship:
    """A mentorship as the student sees it, or the mentor; they are always the person of number one."""
    return Mentorship(
        ONE,
        state,
        person(),
        Person(TWO, name, slack_user_id, "kim@example.org", "America/New_York", frozenset()),
        student,
        WISH.wish,
        agreement,
        NOON,
        paused_until=NOON + timedelta(days=14) if state is MatchState.PAUSED else None,
        ended_at=None if state in LIVE else NOON + timedelta(days=90),
        contact=contact,
    )


def agreed(goals: str = "A first job in drug discovery.", by: tuple[UUID, ...] = (ONE, TWO)) -> Agreement:
    """Goals and cadence that one proposed, or that both agreed on."""
    return Agreement(goals, 14, by, NOON if len(by) > 1 else None)


MET = Contact(4, 210, NOON - timedelta(days=9), NOON + timedelta(days=5))


def kept(text: str = "A first job in drug discovery.", name: str = "Kim Alder", meetings: int = 4) -> Keepsake:
    """What a completed mentorship leaves."""
    held = tuple(
        KeptMeeting(NOON.date() + timedelta(days=14 * number), 45, "Video", text) for number in range(meetings)
    )
    end = NOON + timedelta(days=90)
    return Keepsake(ONE, ONE, TWO, "Mia Tan", name, "Europe/Amsterdam", NOON, end, text, "2 weeks", held, (text,) * 3)


def person(name: str = "Mia Tan") -> Person:
    return Person(ONE, name, "U0MIA", "mia@example.org", "Europe/Amsterdam", frozenset({"student"}))


def home(
    *,
    name: str = "Mia Tan",
    student: bool = True,
    request: RequestStatus | None = None,
    load: MentorLoad | None = None,
    offers: tuple[OfferCard, ...] = (),
    matches: tuple[Mentorship, ...] = (),
    asks: tuple[AskView, ...] = (),
    meetings: tuple[ComingMeeting, ...] = (),
    items: tuple[ItemView, ...] = (),
    suggestions: tuple[SuggestionView, ...] = (),
    questions: tuple[QuickQuestion, ...] = (),
    claimed: tuple[QuickQuestion, ...] = (),
    open_questions: int = 0,
) -> Home:
    """As much of everything as the Home tab loads."""
    return Home(
        person(name),
        student,
        request,
        load,
        offers=First.of(offers, services.MOST_OFFERS),
        mentors=First.of([one for one in matches if one.i_am_student], services.MOST_PARTNERS),
        mentees=First.of([one for one in matches if not one.i_am_student], services.MOST_PARTNERS),
        asks=First.of(asks, services.MOST_ASKS),
        meetings=First.of(meetings, services.MOST_MEETINGS),
        items=First.of(items, services.MOST_ITEMS),
        suggestions=suggestions[: services.MOST_SUGGESTIONS],
        questions=First.of([OwnQuestion(one) for one in questions], services.MOST_QUESTIONS),
        claimed=First.of(claimed, services.MOST_CLAIMED),
        open_questions=open_questions,
    )


def suggestion(
    name: str = "Kim Alder", state: SuggestionState = SuggestionState.SUGGESTED, *, matched: bool = False
) -> SuggestionView:
    return SuggestionView(ONE, state, ONE, "Europe/Amsterdam", TWO, name, NOON, matched)


def at_risk(student: str = "Mia Tan", mentor: str = "Kim Alder") -> HealthView:
    causes = (
        "The student said “Could be better” 12 days ago.",
        "Nothing has been heard of a meeting for 45 days; they agreed to meet every 14 days.",
    )
    step = "Ask both how it goes, and whether they want to go on, pause or finish."
    return HealthView(ONE, student, mentor, HealthState.AT_RISK, causes, step, NOON)


def from_staff(text: str = "", name: str = "", to: UUID | None = None) -> StaffMessageView:
    """What staff write to a pair."""
    ada = Person(UUID(int=3), name or "Ada Staff", "U0ADA", "ada@example.org", "UTC", frozenset({"admin"}))
    return StaffMessageView(ONE, ada, person(), person("Kim Alder"), to, text or "How is it going, the two of you?")


def by_hand(name: str = "Mia Tan", *, failure: str = "", parts: tuple[CriterionScore, ...] | None = None) -> ManualRun:
    """A run for a student, with one mentor named who is full."""
    facts = MentorFacts(ProfileFacts(TWO, TWO), PersonState.ACTIVE, 2, 2, 3)
    against = (Refusal.NO_ROOM, Refusal.PAUSED)
    found = ScoredMentor(TWO, name, 81.4, criteria(name, name + "x") if parts is None else parts, against, facts)
    state = RunState.FAILED if failure else RunState.READY
    return ManualRun(
        ONE, state, failure, ONE, name, asks=True, match_id=None, former="", named=(TWO,), mentors=(found,)
    )


def couple(name: str = "Mia Tan") -> Pair:
    """The two of a match."""
    return Pair(ONE, person(name), person(name + "x"), None)
