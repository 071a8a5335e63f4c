"""Whether an unasked message may reach its person now, of a batch in which several may be for one person."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import and_, or_, select

from core.models import Notification, NotificationState, User
from core.notifications import MANNERS, Kind, Urgency
from core.rules.attention import day_of, quiet_until
from core.services.policies import current_policies
from core.services.preferences import quiet_hours
from core.uow import Reading

UNASKED = tuple(
    kind for kind, manner in MANNERS.items() if manner.urgency is Urgency.UNASKED and kind is not Kind.DIGEST
)
LOOK_BACK = timedelta(hours=26)  # a day is at most 25 hours long
State = NotificationState


class Attention:
    """What each of some people got unasked today. What it lets through counts at once."""

    def __init__(self, reading: Reading, rows: Iterable[Notification]) -> None:
        self._now, self._policies = reading.now, current_policies(reading)
        people = {row.recipient_id for row in rows if row.recipient_id and needs_attention(row)}
        self._had = _had(reading, people) if people else Counter()

    def allows(self, person: User) -> Literal["now", "digest"] | datetime:
        """Now, in the next digest, or once quiet hours are over."""
        tz = ZoneInfo(person.tz)
        if until := quiet_until(self._now, tz, quiet_hours(person.preferences, self._policies.quiet)):
            return until
        today = (person.id, day_of(self._now, tz))
        if self._had[today] >= self._policies.unasked_a_day:
            return "digest"
        self._had[today] += 1
        return "now"


def needs_attention(row: Notification) -> bool:
    """Whether this is an unasked message that was not let through before."""
    return row.kind in UNASKED and row.updates_id is None and row.slot_at is None and not row.uncertain


def _had(reading: Reading, people: set[UUID]) -> Counter[tuple[UUID, str]]:
    let_through = or_(
        and_(Notification.state == State.SENT, Notification.sent_at > reading.now - LOOK_BACK),
        Notification.state == State.SENDING,
        and_(Notification.state == State.PENDING, or_(Notification.slot_at.is_not(None), Notification.uncertain)),
    )
    rows = reading.session.execute(
        select(User.id, User.tz, Notification.sent_at)
        .join(Notification, Notification.recipient_id == User.id)
        .where(
            User.id.in_(people),
            Notification.kind.in_(UNASKED),
            Notification.updates_id.is_(None),
            Notification.digest_id.is_(None),
            let_through,
        )
    )
    return Counter((person_id, day_of(sent_at or reading.now, ZoneInfo(tz))) for person_id, tz, sent_at in rows)
