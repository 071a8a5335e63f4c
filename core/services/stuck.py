"""Messages that should have gone out by now and have not."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, update

from core.models import Notification, NotificationState
from core.services import gates
from core.uow import Work

PATIENCE = timedelta(seconds=60)
MOST_NAMED = 50
State = NotificationState


@dataclass(frozen=True)
class Stuck:
    """How many, and the ids of the oldest."""

    count: int
    ids: tuple[UUID, ...]


def stuck(work: Work) -> Stuck:
    """What an earlier audit saw due, a minute ago or more, and nobody has touched since. What is due now is noticed.

    So the time is counted from an audit: after an hour in which nothing ran, nothing is stuck yet. A message that
    somebody works on at this moment is left to the next audit: who waited for it here might be waited for there.
    """
    late = and_(_due(work), Notification.noticed_at <= work.now - PATIENCE)
    count = work.session.scalar(select(func.count()).select_from(Notification).where(late)) or 0
    oldest = select(Notification.id).where(late).order_by(Notification.not_before).limit(MOST_NAMED)
    ids = tuple(work.session.scalars(oldest))
    unnoticed = select(Notification.id).where(_due(work), Notification.noticed_at.is_(None))
    at_rest = unnoticed.with_for_update(key_share=True, skip_locked=True)
    work.session.execute(update(Notification).where(Notification.id.in_(at_rest)).values(noticed_at=work.now))
    return Stuck(count, ids)


def _due(work: Work) -> ColumnElement[bool]:
    """Waits though it may go out, or was claimed and is past its lease.

    While Slack refuses the app, waiting is what messages do: staff know of that trouble already.
    """
    hangs = and_(Notification.state == State.SENDING, Notification.leased_until <= work.now)
    waits = and_(Notification.state == State.PENDING, Notification.not_before <= work.now)
    return hangs if gates.is_closed(work, gates.INSTALLATION) else or_(waits, hangs)
