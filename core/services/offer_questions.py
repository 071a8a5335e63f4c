"""A question before deciding: relayed by Ithaca both ways, so that no name is told before a yes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from core.models import Offer, OfferQuestion, User
from core.notifications import Kind, notify, to_person
from core.queue import Job
from core.rules import offer_questions as rules
from core.rules.errors import NotFound
from core.rules.offers import OfferState, decide, remind_at
from core.services.closing import show_offer
from core.services.exchanges import Exchange, exchange
from core.services.offer_locks import lock_mentors, lock_offer, own_offer
from core.services.policies import policies_at
from core.services.requests import lock_request
from core.services.waves import settle_wave
from core.uow import Reading, Work


@dataclass(frozen=True)
class QuestionView:
    """A question with what both sides need to read about it. The student is never told whose it is."""

    exchange: Exchange
    offer_id: UUID
    offer_state: OfferState
    deadline: datetime
    student_id: UUID
    student_name: str
    student_tz: str
    mentor_id: UUID
    mentor_tz: str

    @property
    def waits(self) -> bool:
        """Whether an answer still helps."""
        return self.offer_state is OfferState.OPEN and self.exchange.answer is None


def ask_before_deciding(work: Work, offer_id: UUID, question: str) -> UUID:
    """Ask the student about an open offer; the deadline waits for the answer, for a day at most.

    Raises `OfferClosed`, `QuestionWaiting`, `NoMoreQuestions` or `InvalidFields`.
    """
    question = rules.checked("question", question)
    own = own_offer(work, offer_id)
    with work.as_system():
        request, offer = lock_request(work, own.request_id), lock_offer(work, own.id)
        mentor = lock_mentors(work, [offer.mentor_id])[offer.mentor_id]
        decide(offer.state, offer.deadline, work.now)
        rules.may_ask(*_asked(work, offer.id))
        asked = OfferQuestion(
            offer_id=offer.id,
            student_id=offer.student_id,
            mentor_id=offer.mentor_id,
            question=question,
            deadline_before=offer.deadline,
            created_at=work.now,
        )
        work.session.add(asked)
        work.session.flush()
        offer_time = policies_at(work, offer.created_at).offer_time
        offer.deadline = rules.deadline_once_asked(offer.deadline, offer.created_at, offer_time)
        mentor.ignored_offers = 0
        notify(work, to_person(offer.student_id), Kind.OFFER_QUESTION, asked.id)
        _show(work, offer)
        settle_wave(work, request, offer.batch_id)
        return asked.id


def answer_question(work: Work, question_id: UUID, answer: str) -> None:
    """Answer a mentor's question; the deadline runs on, with at least half a day left for the mentor to read it.

    Raises `QuestionClosed`, `QuestionAnswered` or `InvalidFields`.
    """
    answer = rules.checked("answer", answer)
    own = work.session.get(OfferQuestion, question_id)
    if own is None or own.student_id != work.actor.user_id:
        raise NotFound(question_id=question_id)
    with work.as_system():
        request_id = work.session.scalars(select(Offer.request_id).where(Offer.id == own.offer_id)).one()
        request, offer = lock_request(work, request_id), lock_offer(work, own.offer_id)
        work.session.refresh(own)
        if own.answer is not None:
            raise rules.QuestionAnswered
        if offer.state is not OfferState.OPEN or work.now > offer.deadline:
            raise rules.QuestionClosed
        own.answer, own.answered_at = answer, work.now
        policies = policies_at(work, offer.created_at)
        offer.deadline = rules.deadline_once_answered(
            own.deadline_before, own.created_at, work.now, offer.created_at, policies.offer_time
        )
        if remind_at(offer.deadline, policies.remind_before) <= work.now:
            offer.reminded_at = work.now  # the answer itself reminds them
        notify(work, to_person(offer.mentor_id), Kind.OFFER_ANSWER, own.id)
        _show(work, offer)
        settle_wave(work, request, offer.batch_id)


def _show(work: Work, offer: Offer) -> None:
    show_offer(work, offer.id)
    work.queue(Job.REFRESH_HOME, offer.mentor_id)
    work.queue(Job.REFRESH_HOME, offer.student_id)


def _asked(reading: Reading, offer_id: UUID) -> tuple[int, int]:
    """How many questions there are, and how many of them wait for an answer."""
    waiting = func.count().filter(OfferQuestion.answer.is_(None))
    counts = select(func.count(), waiting).where(OfferQuestion.offer_id == offer_id)
    asked, unanswered = reading.session.execute(counts).one()
    return asked, unanswered


def question_view(reading: Reading, question_id: UUID) -> QuestionView:
    """A question as it stands. Raises `NotFound` for what the actor may not see."""
    asked = reading.session.get(OfferQuestion, question_id)
    if asked is None:
        raise NotFound(question_id=question_id)
    student, mentor = aliased(User), aliased(User)
    with reading.as_system():
        offer, name, student_tz, mentor_tz = reading.session.execute(
            select(Offer, student.name, student.tz, mentor.tz)
            .join(student, student.id == Offer.student_id)
            .join(mentor, mentor.id == Offer.mentor_id)
            .where(Offer.id == asked.offer_id)
        ).one()
    return QuestionView(
        exchange=exchange(asked),
        offer_id=offer.id,
        offer_state=offer.state,
        deadline=offer.deadline,
        student_id=offer.student_id,
        student_name=name,
        student_tz=student_tz,
        mentor_id=offer.mentor_id,
        mentor_tz=mentor_tz,
    )


def require_may_ask(reading: Reading, offer_id: UUID) -> None:
    """Refuse early what `ask_before_deciding` would refuse, before a form is opened for it."""
    rules.may_ask(*_asked(reading, offer_id))
