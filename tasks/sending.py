"""One message into Slack: posted once, found again, changed in place or, where that cannot be, posted anew.

Slack knows no idempotency key. Each message carries the id of its notification as metadata, and a try after
an unknown outcome looks for that id in the conversation before it sends.
"""

import logging
from typing import Any

from bot.blocks import Message
from bot.gateway import Failure, Meaning
from core.models import TroubleName
from core.notifications import ChannelName
from core.services import gates, troubles
from core.services.deliveries import Claim, Place
from core.uow import SYSTEM
from tasks.places import ask, channel_id, conversation, forget_channels
from tasks.runtime import Runtime

log = logging.getLogger(__name__)
EVENT = "ithaca_notification"
LOOK_BACK_SECONDS = 5.0  # between the clocks of Slack and ours
PLAIN = 3000
NOTHING_TO_SAY = "There is something new for you. Please open the Home tab of this app to see it."


def to_slack(runtime: Runtime, claim: Claim, message: Message) -> Place:
    """Send it and say where it stands. Raises `Failure`."""
    place = _change(runtime, claim, message) if claim.card else _post(runtime, claim, message)
    if claim.audience.channel is ChannelName.QUESTIONS:
        with runtime.units.work(SYSTEM) as work:
            troubles.end(work, TroubleName.CHANNEL)
    return place


def _post(runtime: Runtime, claim: Claim, message: Message) -> Place:
    return _post_in(runtime, claim, message, conversation(runtime.bot, claim))


def _post_in(runtime: Runtime, claim: Claim, message: Message, channel: str) -> Place:
    if claim.uncertain and (found := _find(runtime, claim, channel)):
        return found
    metadata = {"event_type": EVENT, "event_payload": {"id": str(claim.id)}}
    answer = _send(runtime, claim, gates.POST, message, channel=channel, metadata=metadata)
    return Place(str(answer["channel"]), str(answer["ts"]))


def _change(runtime: Runtime, claim: Claim, message: Message) -> Place:
    """Draw a card again in place; where Slack no longer lets us, post it anew, once for this change."""
    assert claim.card  # noqa: S101 - the caller looked
    try:
        _send(runtime, claim, gates.UPDATE, message, channel=claim.card.channel, ts=claim.card.ts)
    except Failure as failure:
        anew = _anew(runtime, claim, claim.card.channel, failure)
        if anew is None:
            raise
        log.info("the card %s cannot be changed (%s), posting it anew", claim.card_id, failure.code)
        return _post_in(runtime, claim, message, anew)
    return claim.card


def _anew(runtime: Runtime, claim: Claim, channel: str, failure: Failure) -> str | None:
    """Where a card goes that cannot be changed in its channel; None if that is not so. A question follows its channel,
    which may be another one by now. Raises `Failure` if there is none.
    """
    if claim.audience.channel is ChannelName.QUESTIONS and failure.meaning in (Meaning.NO_UPDATE, Meaning.PERSON):
        forget_channels()
        now = channel_id(runtime.bot, claim.audience.channel)
        return now if failure.meaning is Meaning.NO_UPDATE or now != channel else None
    return channel if failure.meaning is Meaning.NO_UPDATE else None


def _send(runtime: Runtime, claim: Claim, method: str, message: Message, **where: Any) -> dict[str, Any]:
    """Send with blocks or, if Slack refuses what we made, once more as plain text, and tell staff."""
    call = runtime.bot.slack.call
    try:
        return call(method, text=message.text, blocks=message.blocks, **where)
    except Failure as failure:
        if failure.meaning is not Meaning.OURS:
            raise
        our_mistake(runtime, claim, failure.code)
        if failure.code.startswith("metadata_"):
            del where["metadata"]
        plain = message.text[:PLAIN].strip() or NOTHING_TO_SAY
        return call(method, text=plain, blocks=[], **where)


def our_mistake(runtime: Runtime, claim: Claim, code: str) -> None:
    """Say that something of ours is wrong with this kind of message, in the log and to staff."""
    log.error("notification %s (%s) is not as it should be: %s", claim.id, claim.kind, code)
    with runtime.units.work(SYSTEM) as work:
        troubles.report(work, TroubleName.DRAWING, f"{claim.kind}: {code}")


def _find(runtime: Runtime, claim: Claim, channel: str) -> Place | None:
    """The message of an earlier try, if Slack took it."""
    cursor: str | None = None
    while True:
        page = ask(
            runtime.bot,
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
