"""Digests: what was too much for one person's day goes out as one message."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from core.models import Notification, NotificationState, User, new_id
from core.notifications import MANNERS, Kind
from core.rules.attention import day_of, digest_at
from core.rules.errors import NotFound
from core.services.policies import current_policies
from core.services.preferences import quiet_hours, wants_no_more
from core.uow import Reading, Work

State = NotificationState


@dataclass(frozen=True)
class HeldBack:
    """One message of a digest."""

    kind: Kind
    subject_id: UUID


def hold(work: Work, notification_id: UUID, person: User) -> None:
    """Keep a message for the person's next digest, which is stored with the first message it will carry."""
    held = update(Notification).where(Notification.id == notification_id)
    work.session.execute(held.values(state=State.HELD, digest_id=_next_digest(work, person, work.now)))


def _next_digest(work: Work, person: User, after: datetime) -> UUID:
    tz = ZoneInfo(person.tz)
    moment = digest_at(after, tz, quiet_hours(person.preferences, current_policies(work).quiet))
    key, fresh = f"{Kind.DIGEST}:{person.id}:{day_of(moment, tz)}", new_id()
    work.session.execute(
        insert(Notification)
        .values(
            id=fresh,
            recipient_id=person.id,
            kind=Kind.DIGEST,
            subject_id=fresh,
            params={"subject": str(fresh)},
            dedupe_key=key,
            state=State.PENDING,
            not_before=moment,
        )
        .on_conflict_do_nothing(index_elements=["dedupe_key"])
    )
    digest = work.session.scalars(
        select(Notification).where(Notification.dedupe_key == key).execution_options(populate_existing=True)
    ).one()
    if digest.state is State.PENDING and not digest.uncertain:
        return digest.id
    return _next_digest(work, person, moment)  # that day's digest is already on its way


def digest_reader(reading: Reading, digest_id: UUID) -> UUID:
    """Whose digest it is. Raises `NotFound`."""
    digest = reading.session.get(Notification, digest_id)
    if digest is None or digest.recipient_id is None:
        raise NotFound(digest_id=digest_id)
    return digest.recipient_id


def held_back(reading: Reading, digest_id: UUID) -> tuple[HeldBack, ...]:
    """What a digest carries, oldest first, without what the person has muted since. Empty if nothing is left."""
    muted = wants_no_more(reading.session.get_one(User, digest_reader(reading, digest_id)).preferences)
    rows = reading.session.scalars(
        select(Notification).where(Notification.digest_id == digest_id).order_by(Notification.id)
    )
    kinds = ((Kind(row.kind), UUID(row.params["subject"])) for row in rows)
    return tuple(HeldBack(kind, subject) for kind, subject in kinds if not (muted and MANNERS[kind].optional))
