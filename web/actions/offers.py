"""An offer: a student shown to a mentor, who accepts, declines or asks first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.links import Purpose
from core.rules.mentoring import PAUSES
from core.rules.offer_questions import MOST_QUESTIONS
from core.rules.offers import DeclineReason, OfferState
from core.rules.profiles import TEXT
from core.services.matches import match_view
from core.services.mentoring import paused_until
from core.services.offer_questions import ask_before_deciding
from core.services.offers import OfferCard, accept_offer, decline_offer, own_offer_card
from core.services.profiles import ProfileCard
from core.uow import Reading, Work
from core.wanted_words import ASKED_BY_NAME
from core.words import day_there, moment_there
from mail.letters.offers import fit
from mail.letters.parts import Part
from mail.letters.reasons import reasons
from web.actions.forms import Form
from web.actions.pages import Page, Shown, Visit

ACCEPT, DECLINE, ASK, PROFILE = "accept", "decline", "ask", "profile"
FIRST: Mapping[Purpose, str] = {
    Purpose.OFFER_ACCEPT: ACCEPT,
    Purpose.OFFER_DECLINE: DECLINE,
    Purpose.OFFER_ASK: ASK,
    Purpose.PROFILE_VIEW: PROFILE,
}


@dataclass(frozen=True)
class OpenOffer:
    """An offer that can be answered. `first` is what the link in the mail was pressed for."""

    card: OfferCard
    student: ProfileCard
    first: str
    deadline: str
    most: int = TEXT
    decline_reasons: tuple[str, ...] = tuple(DeclineReason)
    pauses: tuple[str, ...] = tuple(PAUSES)

    @property
    def may_ask(self) -> bool:
        """Whether a question can be asked now."""
        asked = self.card.questions
        return len(asked) < MOST_QUESTIONS and all(exchange.answer is not None for exchange in asked)

    @property
    def fit(self) -> str:
        """How well, in a few words."""
        return fit(self.card)

    @property
    def by_name(self) -> str:
        """That the student wants this mentor, if so."""
        return ASKED_BY_NAME if self.card.asked_by_name else ""

    @property
    def why(self) -> tuple[Part, ...]:
        """Why they fit, in what both wrote, as the letter says it."""
        return reasons(f"Why you: {self.fit}", self.card.criteria, self.card.student_name, "you", points=True)


@dataclass(frozen=True)
class OfferOver:
    """An offer that has ended, and how. The student is the mentor's to see only if the two were matched."""

    name: str
    state: OfferState
    student: ProfileCard | None
    paused_until: str


def show(reading: Reading, visit: Visit) -> Shown:
    """The offer while it can be answered, else how it ended."""
    card = own_offer_card(reading, visit.link.subject_id)
    tz = visit.person.tz
    if card.student is None or reading.now > card.deadline:
        state = OfferState.EXPIRED if card.state is OfferState.OPEN else card.state
        pause = _pause(reading, visit.person.id, tz) if state is OfferState.DECLINED else ""
        return Shown("offer_over.html", OfferOver(card.student_name, state, _mentee(reading, card.match_id), pause))
    deadline = moment_there(card.deadline, tz)
    return Shown("offer.html", OpenOffer(card, card.student, FIRST[visit.link.purpose], deadline))


def _mentee(reading: Reading, match_id: UUID | None) -> ProfileCard | None:
    return match_view(reading, match_id).student if match_id else None


def _pause(reading: Reading, mentor_id: UUID, tz: str) -> str:
    until: datetime | None = paused_until(reading, mentor_id)
    return day_there(until, tz) if until else ""


def accept(work: Work, visit: Visit, form: Form) -> None:
    """`Accept`: the first yes wins, whether it comes from here or from Slack."""
    del form
    accept_offer(work, visit.link.subject_id)


def decline(work: Work, visit: Visit, form: Form) -> None:
    """`Decline`, with the same answers as in Slack."""
    reason = form.choice("reason", tuple(DeclineReason))
    pause = form.choice("pause", tuple(PAUSES), next(iter(PAUSES)))
    note = form.text("note", TEXT)
    form.check()
    decline_offer(work, visit.link.subject_id, DeclineReason(reason), note, PAUSES[pause])


def ask(work: Work, visit: Visit, form: Form) -> None:
    """`Ask a question`, which reaches the student without the mentor's name."""
    question = form.text("question", TEXT, required=True)
    form.check()
    ask_before_deciding(work, visit.link.subject_id, question)


PAGE = Page(show, {ACCEPT: accept, DECLINE: decline, ASK: ask})
