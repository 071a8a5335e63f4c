"""The quick questions of one person, as asker and as claimer, for the places where they look after them."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from core.models import Question
from core.rules.questions import WAITING, QuestionState
from core.services.listing import First
from core.services.questions import QuestionView, question_views
from core.services.similar_answers import SimilarAnswer, similar_answers
from core.uow import Reading

TO_RATE = timedelta(days=30)
"""For how long the Home tab asks how an answer was."""


@dataclass(frozen=True)
class OwnQuestion:
    """A question with the similar answers that its student may read."""

    view: QuestionView
    similar: tuple[SimilarAnswer, ...] = ()


def questions_at_home(reading: Reading, person_id: UUID, most: int) -> First[OwnQuestion]:
    """What a person asked that waits for somebody, and answers of theirs that they may still rate."""
    to_rate = (
        (Question.state == QuestionState.ANSWERED)
        & Question.rating.is_(None)
        & (Question.answered_at > reading.now - TO_RATE)
    )
    return _own(reading, most, Question.student_id == person_id, Question.state.in_(WAITING) | to_rate)


def all_own_questions(reading: Reading, person_id: UUID, most: int) -> First[OwnQuestion]:
    """All that a person ever asked: first what still waits, then the newest."""
    return _own(reading, most, Question.student_id == person_id)


def claimed_at_home(reading: Reading, person_id: UUID, most: int) -> First[QuestionView]:
    """The questions that a mentor has claimed and not yet answered."""
    return _first(reading, most, Question.claimer_id == person_id, Question.state == QuestionState.CLAIMED)


def _own(reading: Reading, most: int, *which: ColumnElement[bool]) -> First[OwnQuestion]:
    found = _first(reading, most, *which)
    own = (OwnQuestion(view, similar_answers(reading, view) if view.similar_ids else ()) for view in found)
    return First(tuple(own), found.more)


def _first(reading: Reading, most: int, *which: ColumnElement[bool]) -> First[QuestionView]:
    views = question_views(reading, *which, most=most)
    everything = len(views)
    if everything == most:
        everything = reading.session.scalars(select(func.count()).where(*which)).one()
    return First(views, everything - len(views))
