"""Messages: for whom, by which way, and what came of them."""

from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from core.listings.base import Listing, word
from core.models import Match, Notification, Question, QuestionClaim, User

person, student, mentor, asker, helper = (
    aliased(User, name=name) for name in ("person", "student", "mentor", "asker", "helper")
)


def _deliveries() -> Select[*tuple[Any, ...]]:
    pair, two = student.name + " and " + mentor.name, asker.name + " and " + helper.name
    channel = "#" + Notification.channel_name
    return (
        select(
            Notification.id,
            word(Notification.kind).label("kind"),
            Notification.recipient_id,
            func.coalesce(person.name, pair, two, channel).label("audience"),
            word(Notification.state).label("state"),
            word(Notification.channel).label("channel"),
            Notification.tries,
            Notification.created_at,
            Notification.not_before,
            Notification.sent_at,
            Notification.last_error,
        )
        .outerjoin(person, person.id == Notification.recipient_id)
        .outerjoin(Match, Match.id == Notification.match_id)
        .outerjoin(student, student.id == Match.student_id)
        .outerjoin(mentor, mentor.id == Match.mentor_id)
        .outerjoin(QuestionClaim, QuestionClaim.id == Notification.claim_id)
        .outerjoin(Question, Question.id == QuestionClaim.question_id)
        .outerjoin(asker, asker.id == Question.student_id)
        .outerjoin(helper, helper.id == QuestionClaim.mentor_id)
    )


class DeliveryRow(Listing):
    """A message and what came of it, for staff."""

    __table__ = _deliveries().subquery("delivery_rows")
