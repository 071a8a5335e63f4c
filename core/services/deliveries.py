"""What came of deliveries. A claim is taken in `core.services.claims`, and ends here, sent or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, update

from core.models import Channel, Notification, NotificationState
from core.notifications import Audience, Kind
from core.uow import Work

State = NotificationState


@dataclass(frozen=True)
class Place:
    """A message in Slack."""

    channel: str
    ts: str


@dataclass(frozen=True)
class Claim:
    """A message to deliver now, and how. `uncertain`: an earlier try may have gone out.

    A change (`is_change`) applies to the message at `card`. In Slack it goes to `conversation`, or while that is not
    known, to one opened with `accounts`. `key` is the gate it passed. A `trial` shows whether Slack takes us again.
    """

    id: UUID
    audience: Audience
    kind: Kind
    params: dict[str, Any]
    created_at: datetime
    tries: int
    uncertain: bool
    is_change: bool
    card_id: UUID | None
    card: Place | None
    by: Channel
    conversation: str | None = None
    accounts: tuple[str, ...] = ()
    key: str = ""
    trial: bool = False
    trace: str | None = None

    @property
    def subject(self) -> UUID:
        """What it is about."""
        return UUID(self.params["subject"])


class NothingToSay(Exception):
    """What a message was about has moved on: it is not sent any more."""


@dataclass(frozen=True)
class Sent:
    """It went out: to a place in Slack, or as an e-mail with this id. A card posted anew moves to its new place."""

    claim: Claim
    place: Place | None = None
    message_id: str | None = None


@dataclass(frozen=True)
class Later:
    """It goes out later: not before this moment. `uncertain`: it may be out already, so look first."""

    claim: Claim
    until: datetime
    error: str
    uncertain: bool


@dataclass(frozen=True)
class Over:
    """It will never go out: failed, or no longer needed."""

    claim: Claim
    state: State
    error: str


Outcome = Sent | Later | Over


def store(work: Work, outcomes: Sequence[Outcome]) -> None:
    """Keep what came of some claims, and let them go. Of messages that were erased meanwhile nothing is kept."""
    sent = [one for one in outcomes if isinstance(one, Sent)]
    _write(work, [_sent(work, one) for one in sent])
    _write(work, [_later(one) for one in outcomes if isinstance(one, Later)])
    _write(work, [_over(one) for one in outcomes if isinstance(one, Over)])
    for one in sent:
        if one.claim.card_id and one.place and one.place != one.claim.card:
            _move_card(work, one.claim.card_id, one.place)
    digests = [one.claim.id for one in sent if one.claim.kind is Kind.DIGEST]
    if digests:
        work.session.execute(
            update(Notification)
            .where(Notification.digest_id.in_(digests), Notification.state == State.HELD)
            .values(state=State.SENT, sent_at=work.now)
        )


def _write(work: Work, rows: list[dict[str, Any]]) -> None:
    """Change many rows in one round trip; all let go of their claim."""
    if not rows:
        return
    changed: dict[str, Any] = {name: bindparam(f"new_{name}") for name in rows[0] if name != "id"}
    statement = (
        update(Notification)
        .where(Notification.id == bindparam("row_id"), Notification.state != State.SENT)
        .values(claimant=None, leased_until=None, slot_at=None, noticed_at=None, **changed)
    )
    named = [{"row_id" if name == "id" else f"new_{name}": value for name, value in row.items()} for row in rows]
    work.session.connection().execute(statement, named)


def _sent(work: Work, one: Sent) -> dict[str, Any]:
    return {
        "id": one.claim.id,
        "state": State.SENT,
        "sent_at": work.now,
        "channel": one.claim.by,
        "slack_channel": one.place.channel if one.place else None,
        "slack_ts": one.place.ts if one.place else None,
        "message_id": one.message_id,
        "uncertain": False,
        "last_error": None,
    }


def _later(one: Later) -> dict[str, Any]:
    return {
        "id": one.claim.id,
        "state": State.PENDING,
        "not_before": one.until,
        "uncertain": one.uncertain,
        "last_error": one.error,
    }


def _over(one: Over) -> dict[str, Any]:
    return {"id": one.claim.id, "state": one.state, "last_error": one.error}


def _move_card(work: Work, card_id: UUID, place: Place) -> None:
    work.session.execute(
        update(Notification).where(Notification.id == card_id).values(slack_channel=place.channel, slack_ts=place.ts)
    )
