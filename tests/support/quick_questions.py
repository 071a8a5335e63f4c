"""Quick questions for tests, made by the services that serve real people."""

from uuid import UUID

from core.models import Question, QuestionClaim, new_id
from core.rules.questions import ClaimEnding, NewQuestion, QuestionState
from core.services.people import Person
from core.services.question_drafts import ask_question, settle_draft
from core.services.questions import QuestionView, question_view
from core.uow import SYSTEM, Units, member

ASKED = NewQuestion("How do I explain a gap year in an interview?", "I worked on a farm.", ("Interviewing",))


def asked(units: Units, student: Person, question: str = "", *topics: str) -> UUID:
    """A question that somebody has just asked: a draft."""
    new = NewQuestion(question or ASKED.question, topics=topics or ASKED.topics)
    with units.work(member(student.id)) as work:
        return ask_question(work, new)


def posted(units: Units, student: Person, question: str = "", *topics: str) -> UUID:
    """One that resembles no other, and is open to mentors."""
    question_id = asked(units, student, question, *topics)
    settled(units, question_id)
    return question_id


def settled(units: Units, question_id: UUID, *similar: UUID) -> None:
    with units.work(SYSTEM) as work:
        settle_draft(work, question_id, similar)


def claimed(units: Units, student: Person, mentor: Person, question: str = "") -> tuple[UUID, UUID]:
    """One that a mentor has claimed, and the claim."""
    question_id = posted(units, student, question)
    with units.work(SYSTEM) as work:
        row = work.session.get_one(Question, question_id)
        row.state, row.claimer_id = QuestionState.CLAIMED, mentor.id
        claim = QuestionClaim(question_id=question_id, mentor_id=mentor.id, claimed_at=work.now, remind_at=work.now)
        work.session.add(claim)
        work.session.flush()
        return question_id, claim.id


def answered(
    units: Units,
    student: Person,
    mentor: Person,
    question: str = "",
    *,
    summary: str = "Say what you learnt there.",
    student_consents: bool | None = True,
    mentor_consents: bool | None = True,
) -> UUID:
    """One that was answered; both allow others to read it, unless said otherwise."""
    with units.work(SYSTEM) as work:
        row = Question(
            id=new_id(),
            student_id=student.id,
            claimer_id=mentor.id,
            question=question or ASKED.question,
            topics=list(ASKED.topics),
            state=QuestionState.ANSWERED,
            summary=summary,
            student_consents=student_consents,
            mentor_consents=mentor_consents,
            posted_at=work.now,
            opened_at=work.now,
            answered_at=work.now,
        )
        work.session.add(row)
        work.session.flush()
        work.session.add(
            QuestionClaim(
                question_id=row.id,
                mentor_id=mentor.id,
                claimed_at=work.now,
                remind_at=work.now,
                ended_at=work.now,
                ending=ClaimEnding.ANSWERED,
            )
        )
        return row.id


def view(units: Units, question_id: UUID) -> QuestionView:
    with units.read(SYSTEM) as reading:
        return question_view(reading, question_id)
