"""One message to Slack: claimed, drawn, sent once, and its outcome stored.

Slack knows no idempotency key. Each message carries the id of its notification as metadata, and a try after
an unknown outcome looks for that id in the conversation before it sends.
"""

import logging
from datetime import timedelta
from typing import Any
from uuid import UUID

from bot.blocks import Message
from bot.gateway import Failure, Meaning
from core.services import deliveries
from core.services.deliveries import Claim, Place
from core.uow import SYSTEM
from tasks.drawing import draw
from tasks.places import NoSlack, conversation
from tasks.runtime import Runtime

log = logging.getLogger(__name__)
EVENT = "ithaca_notification"
PAUSE_WHEN_BROKEN = timedelta(minutes=1)
LOOK_BACK_SECONDS = 5.0  # between the clocks of Slack and ours
MOST_TRIES = 12


def deliver(runtime: Runtime, notification_id: UUID) -> None:
    """Deliver a message if it is due and nobody else does. Safe to call any number of times."""
    with runtime.units.work(SYSTEM) as work:
        claim = deliveries.claim(work, notification_id)
    if claim is None:
        return
    try:
        place = _change(runtime, claim) if claim.is_change else _post(runtime, claim)
    except Failure as failure:
        _after_failure(runtime, claim, failure)
    except NoSlack:
        _fail(runtime, claim, "no account in Slack")
    else:
        with runtime.units.work(SYSTEM) as work:
            deliveries.sent(work, claim.id, place)


def _message(runtime: Runtime, claim: Claim) -> Message:
    with runtime.units.read(SYSTEM) as reading:
        return draw(reading, claim.kind, UUID(claim.params["subject"]))


def _post(runtime: Runtime, claim: Claim) -> Place:
    channel = conversation(runtime.bot, claim.audience)
    if claim.uncertain and (found := _find(runtime, claim, channel)):
        return found
    metadata = {"event_type": EVENT, "event_payload": {"id": str(claim.id)}}
    answer = _send(runtime, "chat.postMessage", _message(runtime, claim), channel=channel, metadata=metadata)
    return Place(str(answer["channel"]), str(answer["ts"]))


def _change(runtime: Runtime, claim: Claim) -> Place | None:
    """Draw a card again. One that never went out has nothing to change."""
    if claim.card:
        _send(runtime, "chat.update", _message(runtime, claim), channel=claim.card.channel, ts=claim.card.ts)
    return claim.card


def _send(runtime: Runtime, method: str, message: Message, **where: Any) -> dict[str, Any]:
    """Send with blocks, or if Slack refuses what we drew, once more as plain text."""
    call = runtime.bot.slack.call
    try:
        return call(method, text=message.text, blocks=message.blocks, **where)
    except Failure as failure:
        if failure.meaning is not Meaning.OURS:
            raise
        log.error("Slack refused our blocks (%s), sending plain text", failure.code)
        return call(method, text=message.text, blocks=[], **where)


def _find(runtime: Runtime, claim: Claim, channel: str) -> Place | None:
    """The message of an earlier try, if Slack took it."""
    cursor: str | None = None
    while True:
        page = runtime.bot.slack.call(
            "conversations.history",
            channel=channel,
            oldest=f"{claim.created_at.timestamp() - LOOK_BACK_SECONDS:.6f}",
            include_all_metadata=True,
            limit=200,
            cursor=cursor,
        )
        for message in page["messages"]:
            metadata = message.get("metadata") or {}
            if metadata.get("event_payload", {}).get("id") == str(claim.id):
                return Place(channel, str(message["ts"]))
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
        if cursor is None:
            return None


def _after_failure(runtime: Runtime, claim: Claim, failure: Failure) -> None:
    now = runtime.units.clock()
    match failure.meaning:
        case Meaning.WAIT:
            _postpone(runtime, claim, timedelta(seconds=failure.retry_after), failure.code)
        case Meaning.INSTALLATION:
            log.error("Slack refuses the installation: %s", failure.code)
            _postpone(runtime, claim, PAUSE_WHEN_BROKEN, failure.code)
        case Meaning.UNKNOWN if claim.tries < MOST_TRIES:
            with runtime.units.work(SYSTEM) as work:
                deliveries.leave_uncertain(work, claim.id, now + _backoff(claim.tries), failure.code)
        case _:
            log.error("notification %s cannot be delivered: %s", claim.id, failure.code)
            _fail(runtime, claim, failure.code)


def _backoff(tries: int) -> timedelta:
    return timedelta(seconds=min(2**tries, 300))


def _postpone(runtime: Runtime, claim: Claim, delay: timedelta, error: str) -> None:
    with runtime.units.work(SYSTEM) as work:
        deliveries.postpone(work, claim.id, work.now + delay, error)


def _fail(runtime: Runtime, claim: Claim, error: str) -> None:
    with runtime.units.work(SYSTEM) as work:
        deliveries.failed(work, claim.id, error)
