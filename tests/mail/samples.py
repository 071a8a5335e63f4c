"""A letter of every kind, written to invented people, with links of a service that is nowhere."""

from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from uuid import UUID

from core.links import Links
from core.models import TroubleName
from core.notifications import MANNERS, Kind
from core.rules.checkins import AskKind, AskState
from core.rules.matches import MatchState
from core.rules.offers import OfferState
from core.rules.questions import QuestionState
from core.rules.requests import RequestState, Wanted
from core.rules.scores import Criterion, CriterionScore
from core.rules.suggestions import SuggestionState
from core.services.accounts import Departure
from core.services.exchanges import Exchange
from core.services.matches import MatchView
from core.services.mentoring import PauseView
from core.services.offer_questions import QuestionView
from core.services.people import Person
from core.services.refused import MovedOn
from core.services.troubles import TroubleView
from mail.composing import drawn
from mail.letters.asks import sheet_letter
from mail.letters.deliveries import digest_letter, trouble_letter
from mail.letters.feedback import report_letter, shared_letter
from mail.letters.health import at_risk_letter
from mail.letters.keepsakes import keepsake_letter
from mail.letters.letter import Letter
from mail.letters.matches import introduction_letter
from mail.letters.mentoring import moved_on_letter, pause_over_letter, paused_letter
from mail.letters.mentorships import changed_letter, goals_letter, kick_off_letter, match_pause_over_letter
from mail.letters.offer_questions import answer_letter, question_letter
from mail.letters.offers import offer_letter, reminder_letter
from mail.letters.parts import Draft, Reader
from mail.letters.privacy import own_data_letter
from mail.letters.question_referrals import referral_letter, unclaimed_letter
from mail.letters.requests import status_letter
from mail.letters.staff import departure_letter, staff_request_letter
from mail.letters.staff_messages import staff_message_letter
from mail.letters.suggestions import suggestion_letter
from tests.bot.views import market_samples, samples
from tests.bot.views.samples import MENTOR, NOON, ONE, TWO
from tests.mail import claim_samples, meeting_samples, question_samples

LINKS = Links("a secret key that only tests use", "https://ithaca.example.org")
PROFILE = UUID(int=7)


CRITERIA = (
    CriterionScore(
        Criterion.GOALS, 37.5, 0.85, 31.9, "I want to work on data in drug discovery.", "First jobs in pharma."
    ),
    CriterionScore(Criterion.EXPERTISE, 31.25, 1.0, 31.25, "Biotechnology", "Biotechnology"),
    CriterionScore(Criterion.RESEARCH, 0, 0, 0),
    CriterionScore(Criterion.SKILLS, 18.75, 0.6, 11.2, "Python", "Python"),
    CriterionScore(Criterion.LOCATION, 6.25, 0.5, 3.1, "Rotterdam", "America/New_York"),
    CriterionScore(Criterion.COMMUNICATION, 6.25, 1.0, 6.25, "Video", "Video"),
)


def person(id_: UUID, name: str, email: str | None, tz: str = "Europe/Amsterdam", role: str = "mentor") -> Person:
    return Person(id_, name, None, email, tz, frozenset({role}))


MIA = person(ONE, "Mia Tan", "mia@example.org", role="student")
KIM = person(TWO, "Kim Alder", "kim@example.org", "America/New_York")
ADA = person(UUID(int=3), "Ada Brandt", "ada@example.org", role="admin")
TO_MIA, TO_KIM, TO_ADA = (Reader(one, LINKS, NOON) for one in (MIA, KIM, ADA))


@lru_cache(maxsize=4)
def drafts(text: str = "", name: str = "") -> dict[str, tuple[Kind, Reader, Draft]]:
    """Every letter; with `text`, that stands wherever people type, and with `name` for everybody's name."""
    mia, kim, ada = (
        replace(reader, person=replace(reader.person, name=name or reader.person.name))
        for reader in (TO_MIA, TO_KIM, TO_ADA)
    )
    wish = text or "A plan for my first two years, and honest feedback."
    student = replace(samples.STUDENT, headline=text, goals=text, about=text) if text else samples.STUDENT
    mentor = replace(MENTOR, headline=text, goals=text) if text else MENTOR
    offer = replace(
        samples.offer(answers=samples.STUDENT, text=wish),
        student_name=mia.person.name,
        student=samples.card(student, mia.person.name),
        anything_else=text or "Evenings suit me best.",
        criteria=samples.criteria(text, text) if text else CRITERIA,
    )
    match = replace(
        samples.match(
            samples.card(student, mia.person.name),
            replace(samples.card(mentor, kim.person.name), person_id=TWO),
            offer.criteria,
            wish=wish,
        ),
        student_email=mia.person.email,
        mentor_email=kim.person.email,
    )
    question = text or "Would you be free on Tuesday evenings?"
    asked = QuestionView(
        exchange=Exchange(ONE, question, None, NOON + timedelta(hours=24)),
        offer_id=ONE,
        offer_state=OfferState.OPEN,
        deadline=offer.deadline,
        student_id=ONE,
        student_name=mia.person.name,
        student_tz=mia.person.tz,
        mentor_id=TWO,
        mentor_tz=kim.person.tz,
    )
    answered = replace(asked, exchange=replace(asked.exchange, answer=text or "Tuesdays are good, from seven."))
    paused = PauseView(PROFILE, TWO, NOON + timedelta(days=30), kim.person.tz)
    moved_on = MovedOn(PROFILE, TWO, (mia.person.name, name or "Noor Haddad"), False, paused.paused_until, paused.tz)
    left = Departure(
        TWO, kim.person.name, False, frozenset({"mentor"}), (samples.live(mia.person.name, student=False),)
    )
    trouble = TroubleView(TroubleName.INSTALLATION, "token_revoked", 3, None)
    risk = samples.at_risk(mia.person.name, kim.person.name)

    def status(state: RequestState) -> tuple[Kind, Reader, Draft]:
        wave = 0 if state is RequestState.SEARCHING else 1
        found = samples.status(state, wave=wave, wish=replace(samples.WISH, wish=wish), mentor=kim.person.name)
        return Kind.REQUEST_STATUS, mia, status_letter(mia, found)

    def over(state: OfferState) -> tuple[Kind, Reader, Draft]:
        return Kind.OFFER, kim, offer_letter(kim, replace(offer, state=state, student=None), PROFILE)

    letters = {
        "offer": (Kind.OFFER, kim, offer_letter(kim, offer, PROFILE)),
        "offer-reminder": (Kind.OFFER_REMINDER, kim, reminder_letter(kim, offer, PROFILE)),
        "offer-question": (Kind.OFFER_QUESTION, mia, question_letter(mia, asked)),
        "offer-answer": (
            Kind.OFFER_ANSWER,
            kim,
            answer_letter(kim, answered, offer, PROFILE),
        ),
        "introduction-to-mentor": (Kind.INTRODUCTION, kim, introduction_letter(kim, match)),
        "introduction-to-student": (Kind.INTRODUCTION, mia, introduction_letter(mia, match)),
        "introduction-in-slack-too": (Kind.INTRODUCTION_LETTER, mia, introduction_letter(mia, match)),
        **lives_of_matches(mia, kim, match, text),
        **unclaimed_questions(kim, ada, text, mia.person.name),
        "mentor-paused": (Kind.MENTOR_PAUSED, kim, paused_letter(kim, paused)),
        "offers-moved-on": (Kind.OFFERS_MOVED_ON, kim, moved_on_letter(kim, moved_on)),
        "offers-moved-on-left": (
            Kind.OFFERS_MOVED_ON,
            kim,
            moved_on_letter(kim, replace(moved_on, has_left=True, paused_until=None)),
        ),
        "pause-over": (Kind.PAUSE_OVER, kim, pause_over_letter(kim, replace(paused, paused_until=None))),
        "staff-request": (
            Kind.STAFF_REQUEST,
            ada,
            staff_request_letter(ada, samples.status(RequestState.STAFF, wave=3), mia.person),
        ),
        "person-left": (Kind.PERSON_LEFT, ada, departure_letter(left)),
        "match-at-risk": (Kind.MATCH_AT_RISK, ada, at_risk_letter(ada, risk)),
        "delivery-trouble": (Kind.DELIVERY_TROUBLE, ada, trouble_letter(trouble, ONE)),
        "delivery-trouble-over": (
            Kind.DELIVERY_TROUBLE,
            ada,
            trouble_letter(replace(trouble, ended_at=NOON), ONE),
        ),
    }
    letters |= _asks(mia, kim, ada, text)
    for state in SuggestionState:
        seen = samples.suggestion(kim.person.name, state)
        letters[f"suggestion-{state}"] = (Kind.MENTORSHIP_SUGGESTED, mia, suggestion_letter(mia, seen))
    first = replace(samples.status(RequestState.OFFERED), asked=1, wanted=Wanted.ASKED, wanted_name=kim.person.name)
    letters["status-offered-to-one"] = (Kind.REQUEST_STATUS, mia, status_letter(mia, first))
    both = [letters[name][2] for name in ("offer-reminder", "pause-over")]
    letters["own-data"] = (Kind.OWN_DATA, kim, own_data_letter(kim))
    letters["digest"] = (Kind.DIGEST, kim, digest_letter(both, ONE))
    letters |= meeting_samples.drafts(mia, kim, text, name) | claim_samples.drafts(mia, kim, ada, text, name)
    letters |= question_samples.drafts(mia, kim, ada, text)
    letters |= {f"status-{state}": status(state) for state in RequestState}
    return letters | {f"offer-{state}": over(state) for state in OfferState if state is not OfferState.OPEN}


def _asks(mia: Reader, kim: Reader, ada: Reader, text: str) -> dict[str, tuple[Kind, Reader, Draft]]:
    """What is asked about matches, and what is said of them."""
    partner = kim.person.name
    check_in = samples.asked_about(name=partner, goals=text or "A plan for two years.")
    survey = samples.asked_about(AskKind.SURVEY, "day 30", name=partner)
    answered = replace(check_in, state=AskState.ANSWERED, answer="Going well")
    two = ("Noor Bakker", "Dov Katz") if partner == KIM.name else (partner, partner)
    others = [replace(one, partner_name=name) for one, name in zip((survey, answered), two, strict=True)]
    closing = samples.asked_about(AskKind.CLOSING, "end", name=partner, match_state=MatchState.COMPLETED)
    report = replace(samples.report(text or "He writes to me at night.", partner), person=mia.person)
    return {
        "check-in": (Kind.CHECK_IN, mia, sheet_letter(mia, samples.sheet(check_in))),
        "check-ins": (Kind.CHECK_IN, mia, sheet_letter(mia, samples.sheet(check_in, *others))),
        "survey": (Kind.SURVEY, mia, sheet_letter(mia, samples.sheet(survey))),
        "closing-survey": (Kind.SURVEY, mia, sheet_letter(mia, samples.sheet(closing))),
        "feedback-shared": (
            Kind.FEEDBACK_SHARED,
            mia,
            shared_letter(mia, samples.shared(text or "A joy to work with.", partner)),
        ),
        "help-report": (Kind.HELP_REPORT, ada, report_letter(report)),
    }


def lives_of_matches(mia: Reader, kim: Reader, match: MatchView, text: str) -> dict[str, tuple[Kind, Reader, Draft]]:
    """What a pair is written from its beginning to its end."""
    goals = text or "A first job in drug discovery."

    def standing(state: MatchState = MatchState.ACTIVE, *agreed_by: UUID) -> MatchView:
        agreement = samples.agreed(goals, agreed_by) if agreed_by else match.agreement
        until = NOON + timedelta(days=14) if state is MatchState.PAUSED else None
        return replace(match, state=state, agreement=agreement, paused_until=until)

    active = MatchState.ACTIVE
    kept = samples.kept(goals, kim.person.name)
    if not text:
        kept = replace(kept, done=("Read the market report", "Two applications, one answer"))
    from_staff = samples.from_staff(text, kim.person.name if text else ADA.name)
    return {
        "kick-off": (Kind.KICK_OFF, mia, kick_off_letter(mia, standing())),
        "kick-off-agreed": (Kind.KICK_OFF, mia, kick_off_letter(mia, standing(active, ONE, TWO))),
        "goals-proposed": (Kind.GOALS_PROPOSED, kim, goals_letter(kim, standing(active, ONE))),
        "match-paused": (Kind.MATCH_CHANGED, kim, changed_letter(kim, standing(MatchState.PAUSED))),
        "match-resumed": (Kind.MATCH_CHANGED, kim, changed_letter(kim, standing())),
        "match-ended": (Kind.MATCH_CHANGED, kim, changed_letter(kim, standing(MatchState.ENDED))),
        "match-pause-over": (Kind.MATCH_PAUSE_OVER, mia, match_pause_over_letter(mia, standing())),
        "keepsake": (Kind.KEEPSAKE, mia, keepsake_letter(mia, kept)),
        "staff-message": (Kind.STAFF_MESSAGE, kim, staff_message_letter(from_staff)),
    }


@lru_cache(maxsize=4)
def letters(text: str = "", name: str = "") -> dict[str, Letter]:
    """The same, drawn."""
    return {
        key: drawn(draft, reader, optional=MANNERS[kind].optional)
        for key, (kind, reader, draft) in drafts(text, name).items()
    }


def unclaimed_questions(kim: Reader, ada: Reader, text: str, name: str) -> dict[str, tuple[Kind, Reader, Draft]]:
    """What goes out about a question that nobody claims."""
    asked = market_samples.referral(text=text, shared=("Kubernetes",))
    asked = replace(asked, question=replace(asked.question, student_name=name))
    left = market_samples.unclaimed(text=text)
    left = replace(left, question=replace(left.question, student_name=name))
    over = replace(asked.question, state=QuestionState.CLAIMED)
    return {
        "question-referred": (Kind.QUESTION_REFERRED, kim, referral_letter(kim, asked)),
        "question-referred-over": (Kind.QUESTION_REFERRED, kim, referral_letter(kim, replace(asked, question=over))),
        "question-unclaimed": (Kind.QUESTION_UNCLAIMED, ada, unclaimed_letter(ada, left)),
        "question-unclaimed-over": (
            Kind.QUESTION_UNCLAIMED,
            ada,
            unclaimed_letter(ada, replace(left, question=over)),
        ),
    }
