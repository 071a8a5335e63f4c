"""Answers to questions like the one just asked: what a student may read of them before the question is posted."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, select

from core.models import Question, User
from core.rules.questions import QuestionState
from core.services.apart import kept_apart
from core.services.questions import QuestionView
from core.uow import Reading


@dataclass(frozen=True)
class SimilarAnswer:
    """A question that was answered before, with the summary that its mentor wrote."""

    question_id: UUID
    question: str
    summary: str
    mentor_name: str


def similar_answers(reading: Reading, asked: QuestionView) -> tuple[SimilarAnswer, ...]:
    """The answers found for a draft, the most alike first, as far as they may still be read.

    Of a question that was closed because one of them helped, that one alone.
    """
    with reading.as_system():
        rows = reading.session.execute(
            select(Question.id, Question.question, Question.summary, User.name)
            .join(User, User.id == Question.claimer_id)
            .where(Question.id.in_(asked.similar_ids), *_readable_by(asked.student_id))
        )
        found = {row.id: SimilarAnswer(*row) for row in rows}
    return tuple(found[id_] for id_ in asked.similar_ids if id_ in found)


def readable_among(reading: Reading, student_id: UUID, question_ids: Sequence[UUID]) -> list[UUID]:
    """Those of these questions whose answers this student may read, in the order given. Runs as the system."""
    asked = select(Question.id).where(Question.id.in_(question_ids), *_readable_by(student_id))
    found = set(reading.session.scalars(asked))
    return [id_ for id_ in question_ids if id_ in found]


def _readable_by(student_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """Answered, and both allow it. Who is never to meet one of the two does not meet them by their question either."""
    return (
        Question.state == QuestionState.ANSWERED,
        Question.student_consents.is_(True),
        Question.mentor_consents.is_(True),
        Question.summary != "",
        ~kept_apart(student_id, Question.student_id),
        ~kept_apart(student_id, Question.claimer_id),
    )
