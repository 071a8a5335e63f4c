"""Quick questions with who asked, who took them, how long that took, and how the answer was rated."""

from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from core.listings.base import Listing, hours_between, joined, word
from core.models import Question, QuestionClaim, User
from core.services.question_reports import LOST

student, claimer = aliased(User, name="student"), aliased(User, name="claimer")


def _questions() -> Select[*tuple[Any, ...]]:
    claims = QuestionClaim.question_id == Question.id
    first = select(func.min(QuestionClaim.claimed_at)).where(claims).correlate(Question).scalar_subquery()
    return (
        select(
            Question.id,
            Question.question,
            Question.student_id,
            student.name.label("student"),
            joined(Question.topics).label("topics"),
            word(Question.state).label("state"),
            Question.claimer_id,
            claimer.name.label("mentor"),
            Question.posted_at,
            hours_between(Question.posted_at, first).label("hours_to_claim"),
            select(func.count()).where(claims).correlate(Question).scalar_subquery().label("claims"),
            select(func.count())
            .where(claims, QuestionClaim.ending.in_(LOST))
            .correlate(Question)
            .scalar_subquery()
            .label("lost"),
            Question.answered_at,
            Question.rating,
            Question.rated_at,
            Question.referred_at,
            Question.staff_told_at,
            Question.details,
            Question.summary,
            Question.created_at,
        )
        .outerjoin(student, student.id == Question.student_id)
        .outerjoin(claimer, claimer.id == Question.claimer_id)
    )


class QuestionRow(Listing):
    """A quick question for staff."""

    __table__ = _questions().subquery("question_rows")
