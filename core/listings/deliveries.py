"""Messages: for whom, by which way, and what came of them."""

from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from core.listings.base import Listing, word
from core.models import Match, Notification, User

person, student, mentor = (aliased(User, name=name) for name in ("person", "student", "mentor"))


def _deliveries() -> Select[*tuple[Any, ...]]:
    pair = student.name + " and " + mentor.name
    channel = "#" + Notification.channel_name
    return (
        select(
            Notification.id,
            word(Notification.kind).label("kind"),
            Notification.recipient_id,
            func.coalesce(person.name, pair, channel, "who asked and who answers").label("audience"),
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
    )


class DeliveryRow(Listing):
    """A message and what came of it, for staff."""

    __table__ = _deliveries().subquery("delivery_rows")
