"""The vectors of answered questions that others may read: one copy in each process, following PostgreSQL's changes."""

import threading
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np
from sqlalchemy import ColumnElement, func, or_, select

from core.models import Question, QuestionVector
from core.rules.questions import QuestionState
from core.uow import SYSTEM, Reading, Units
from embeddings import marks
from embeddings.store import unpacked
from embeddings.vectors import Encoder, Matrix


@dataclass(frozen=True)
class Known:
    """Questions and their vectors, row by row, at one moment. It never changes."""

    ids: tuple[UUID, ...]
    rows: Matrix  # shape (len(ids), dim)


class AnsweredQuestions:
    """What a new question is compared with. Any number of threads may share one.

    It may hold a question a moment longer than it may be read: look at fresh rows before anything is shown.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._model = encoder.name
        self._known = Known((), np.zeros((0, encoder.dim), np.float32))
        self._empty = self._known
        self._refreshing = threading.Lock()
        self._current_until: datetime | None = None  # what changed before this is known to be in it

    @property
    def known(self) -> Known:
        """All of them as of the last refresh."""
        return self._known

    def refresh(self, units: Units) -> None:
        """Take in what became readable since the last time; where something is gone, read all of it again."""
        with self._refreshing, units.read(SYSTEM) as reading:
            until = marks.now(reading) - marks.OVERLAP
            known = self._with_new(reading, self._known, self._current_until)
            if len(known.ids) != _count(reading, self._model):
                known = self._with_new(reading, self._empty, None)
            self._known, self._current_until = known, until

    def _with_new(self, reading: Reading, old: Known, since: datetime | None) -> Known:
        query = select(Question.id, QuestionVector.vector).join(QuestionVector).where(*_readable(self._model))
        if since is not None:
            query = query.where(or_(Question.updated_at > since, QuestionVector.created_at > since))
        before = set(old.ids)
        new = {id_: unpacked(vector) for id_, vector in reading.session.execute(query) if id_ not in before}
        if not new:
            return old
        return Known((*old.ids, *new), np.concatenate([old.rows, *(row[None] for row in new.values())]))


def _readable(model: str) -> tuple[ColumnElement[bool], ...]:
    return (
        QuestionVector.model == model,
        Question.state == QuestionState.ANSWERED,
        Question.student_consents.is_(True),
        Question.mentor_consents.is_(True),
    )


def _count(reading: Reading, model: str) -> int:
    return (
        reading.session.scalar(select(func.count()).select_from(Question).join(QuestionVector).where(*_readable(model)))
        or 0
    )
