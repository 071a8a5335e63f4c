"""Keeps the vectors of quick questions: each is encoded once for every model, since what was asked never changes."""

from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import Exists, exists, select
from sqlalchemy.dialects.postgresql import insert

from core.models import Question, QuestionVector, new_id
from core.uow import SYSTEM, Units
from embeddings.store import packed, unpacked
from embeddings.vectors import Encoder, Matrix

AT_ONCE: Final = 256


def question_text(question: str, topics: Sequence[str]) -> str:
    """What of a question is compared: its topics and itself. With the details it was no better (docs/questions.md)."""
    named = ", ".join(sorted(topics, key=str.casefold))
    return f"{named}: {' '.join(question.split())}"


class QuestionEncoder:
    """Encodes questions that have no vector of this model. Threads may share one."""

    def __init__(self, units: Units, encoder: Encoder) -> None:
        self._units, self._encoder = units, encoder

    def vector(self, question_id: UUID) -> Matrix | None:
        """The vector of one question, encoded and stored if it has none yet; None if there is no such question."""
        model = self._encoder.name
        stored = select(QuestionVector.vector).where(
            QuestionVector.question_id == question_id, QuestionVector.model == model
        )
        with self._units.read(SYSTEM) as reading:
            if known := reading.session.scalar(stored):
                return unpacked(known)
            question = reading.session.get(Question, question_id)
        return next(self._encode([question]), None) if question else None

    def catch_up(self, most: int = AT_ONCE) -> int:
        """Encode posted questions that have no vector of this model, the newest first; how many those were."""
        posted = select(Question).where(Question.posted_at.is_not(None), ~encoded(self._encoder.name))
        with self._units.read(SYSTEM) as reading:
            found = reading.session.scalars(posted.order_by(Question.posted_at.desc()).limit(most)).all()
        return sum(1 for _ in self._encode(found))

    def _encode(self, questions: Sequence[Question]) -> Iterator[Matrix]:
        """Encode between two transactions. A question that was erased meanwhile is left out."""
        rows = self._encoder.encode([question_text(one.question, one.topics) for one in questions])
        for question, row in zip(questions, rows, strict=True):
            with self._units.work(SYSTEM) as work:
                there = select(Question.id).where(Question.id == question.id).with_for_update(key_share=True)
                if work.session.scalar(there):
                    values = {"question_id": question.id, "model": self._encoder.name, "vector": packed(row)}
                    work.session.execute(insert(QuestionVector).values(id=new_id(), **values).on_conflict_do_nothing())
            yield row


def encoded(model: str) -> Exists:
    """Whether a question has a vector of this model."""
    return exists().where(QuestionVector.question_id == Question.id, QuestionVector.model == model)
