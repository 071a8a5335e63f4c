"""The outbox's other end: a delivery claims one message, sends it, and stores what came of it.

A claim is a lease. If it runs out, nobody knows whether the message went out, and the next claim says so.
Changes to one card are delivered one after the other, and only after the card itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, or_, select, update
from sqlalchemy.orm import aliased

from core.models import Channel, Notification, NotificationState
from core.notifications import Audience, ChannelName, Kind
from core.queue import Job
from core.uow import Reading, Work

LEASE = timedelta(seconds=45)
SWEEP = 500
State = NotificationState


@dataclass(frozen=True)
class Place:
    """A message in Slack."""

    channel: str
    ts: str


@dataclass(frozen=True)
class Claim:
    """A message to deliver now. `uncertain`: an earlier try may have gone out.

    A change (`is_change`) applies to the message at `card`; None if that never went out.
    """

    id: UUID
    audience: Audience
    kind: Kind
    params: dict[str, Any]
    created_at: datetime
    tries: int
    uncertain: bool
    is_change: bool
    card: Place | None


class NothingToSay(Exception):
    """What a message was about has moved on: it is not sent any more."""


def claim(work: Work, notification_id: UUID) -> Claim | None:
    """Take the lease on a message, if it is due, nobody else has it, and its card is out and at rest."""
    row = work.session.scalar(select(Notification).where(Notification.id == notification_id))
    if row is None:
        return None
    if row.updates_id:
        work.session.execute(select(Notification.id).where(Notification.id == row.updates_id).with_for_update())
    other = aliased(Notification)
    at_rest = ~exists().where(
        or_(other.id == Notification.updates_id, other.updates_id == Notification.updates_id),
        other.id != Notification.id,
        other.state.in_((State.PENDING, State.SENDING)),
        or_(other.id == Notification.updates_id, other.leased_until > work.now),
    )
    uncertain = row.state is State.SENDING
    taken = work.session.scalar(
        update(Notification)
        .where(Notification.id == notification_id, _due(work), at_rest)
        .values(state=State.SENDING, leased_until=work.now + LEASE, tries=Notification.tries + 1)
        .returning(Notification.tries)
        .execution_options(synchronize_session=False)
    )
    if taken is None:
        return None
    card = work.session.get_one(Notification, row.updates_id) if row.updates_id else None
    place = Place(card.slack_channel, card.slack_ts) if card and card.slack_channel and card.slack_ts else None
    channel = ChannelName(row.channel_name) if row.channel_name else None
    return Claim(
        row.id,
        Audience(row.recipient_id, row.match_id, channel),
        Kind(row.kind),
        row.params,
        row.created_at,
        taken,
        uncertain,
        row.updates_id is not None,
        place,
    )


def _due(reading: Reading) -> Any:
    return or_(
        and_(Notification.state == State.PENDING, Notification.not_before <= reading.now),
        and_(Notification.state == State.SENDING, Notification.leased_until < reading.now),
    )


def sent(work: Work, notification_id: UUID, place: Place | None) -> None:
    """It went out. Changes that waited for it are delivered now."""
    row = _leased(work, notification_id)
    row.state, row.leased_until, row.sent_at, row.channel = State.SENT, None, work.now, Channel.SLACK
    if place:
        row.slack_channel, row.slack_ts = place.channel, place.ts
    row.last_error = None
    _wake_followers(work, row)


def failed(work: Work, notification_id: UUID, error: str) -> None:
    """It will never go out this way. What waited for it is let go."""
    row = _leased(work, notification_id)
    row.state, row.leased_until, row.last_error = State.FAILED, None, error
    _wake_followers(work, row)


def postpone(work: Work, notification_id: UUID, until: datetime, error: str) -> None:
    """It did not go out, and may later."""
    row = _leased(work, notification_id)
    row.state, row.leased_until, row.not_before, row.last_error = State.PENDING, None, until, error


def _leased(work: Work, notification_id: UUID) -> Notification:
    return work.session.scalars(select(Notification).where(Notification.id == notification_id).with_for_update()).one()


def _wake_followers(work: Work, row: Notification) -> None:
    work.session.flush()
    card_id = row.updates_id or row.id
    waiting = select(Notification.id).where(Notification.updates_id == card_id, _due(work))
    for follower in work.session.scalars(waiting.order_by(Notification.created_at)):
        work.queue(Job.DELIVER, follower)


def due(reading: Reading) -> list[UUID]:
    """Messages that should be on their way, oldest first: what a lost wake-up left behind."""
    return list(
        reading.session.scalars(
            select(Notification.id).where(_due(reading)).order_by(Notification.not_before).limit(SWEEP)
        )
    )


def leave_uncertain(work: Work, notification_id: UUID, until: datetime, error: str) -> None:
    """Nobody knows whether it went out: keep it leased until then, so that the next try looks first."""
    row = _leased(work, notification_id)
    row.leased_until, row.last_error = until, error
