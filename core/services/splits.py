"""One message for several people, where no conversation reaches them all: each gets it on their own."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from core.models import Notification, NotificationState, new_id
from core.uow import Work

State = NotificationState


def split(work: Work, row: Notification, people: Iterable[UUID]) -> None:
    """Store the message once for each person. A change goes to each of its card's parts instead."""
    parts = _changes(work, row) if row.updates_id else [_part(work, row, person_id) for person_id in people]
    if parts:
        work.session.execute(insert(Notification).values(parts).on_conflict_do_nothing(index_elements=["dedupe_key"]))
    work.session.execute(
        update(Notification)
        .where(Notification.id == row.id)
        .values(state=State.SPLIT, claimant=None, leased_until=None, slot_at=None)
    )


def split_claimed(work: Work, notification_id: UUID, people: Iterable[UUID]) -> None:
    """The same for a message that was claimed, and turned out to reach nobody together."""
    row = work.session.scalar(select(Notification).where(Notification.id == notification_id).with_for_update())
    if row is not None:
        split(work, row, people)


def _part(work: Work, row: Notification, person_id: UUID, updates: UUID | None = None) -> dict[str, Any]:
    return {
        "id": new_id(),
        "recipient_id": person_id,
        "kind": row.kind,
        "subject_id": row.subject_id,
        "params": row.params,
        "dedupe_key": f"{row.dedupe_key}:{person_id}",
        "updates_id": updates,
        "part_of_id": row.id,
        "state": State.PENDING,
        "not_before": work.now,
        "trace": row.trace,
    }


def _changes(work: Work, row: Notification) -> list[dict[str, Any]]:
    """A part that got a change of its own from the same cause, or a later one, needs no other."""
    change = aliased(Notification)
    has_its_own = exists().where(change.updates_id == Notification.id, change.created_at >= row.created_at)
    parts = work.session.execute(
        select(Notification.id, Notification.recipient_id).where(
            Notification.part_of_id == row.updates_id, ~has_its_own
        )
    )
    return [_part(work, row, person_id, card_id) for card_id, person_id in parts if person_id]
