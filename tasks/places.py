"""Where a message goes in Slack: a person's direct conversation, a pair's group, or a channel by its name."""

from functools import lru_cache
from typing import Any

from bot.context import Bot
from bot.gateway import Failure, HeldBack, Meaning
from core.notifications import ChannelName
from core.services import gates
from core.services.conversations import keep_conversation
from core.services.deliveries import Claim
from core.uow import SYSTEM


def conversation(bot: Bot, claim: Claim) -> str:
    """The id of the conversation for this message, opened if need be. Raises `Failure`."""
    if claim.audience.channel:
        return channel_id(bot, claim.audience.channel)
    return claim.conversation or _open(bot, claim)


def ask(bot: Bot, method: str, **args: Any) -> dict[str, Any]:
    """A call beside the message itself. It is not made while Slack has said that this method must wait.

    Raises `HeldBack` then, and `Failure`.
    """
    with bot.units.read(SYSTEM) as reading:
        until = gates.closed_until(reading, method)
    if until:
        raise HeldBack(method, until)
    return bot.slack.call(method, **args)


def forget_channels() -> None:
    """Look channels up again: one that we knew is gone."""
    _channel_id.cache_clear()


def _open(bot: Bot, claim: Claim) -> str:
    """Open a conversation with the people meant, and keep it: Slack always opens the same one."""
    channel = str(ask(bot, "conversations.open", users=",".join(claim.accounts))["channel"]["id"])
    with bot.units.work(SYSTEM) as work:
        keep_conversation(work, claim.audience, channel)
    return channel


def channel_id(bot: Bot, channel: ChannelName) -> str:
    """The id of a channel that the configuration names. Raises `Failure`."""
    names = {
        ChannelName.ADMINS: bot.settings.admin_channel,
        ChannelName.QUESTIONS: bot.settings.question_channel,
    }
    return _channel_id(bot, names[channel])


@lru_cache(maxsize=8)
def _channel_id(bot: Bot, name: str) -> str:
    """Look a channel up by name, page by page, and join it if it is public and we are not in it."""
    cursor: str | None = None
    while True:
        page = ask(
            bot,
            "conversations.list",
            types="public_channel,private_channel",
            exclude_archived=True,
            limit=200,
            cursor=cursor,
        )
        for channel in page["channels"]:
            if channel["name"] == name:
                if not channel["is_member"]:
                    ask(bot, "conversations.join", channel=channel["id"])
                return str(channel["id"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
        if cursor is None:
            raise Failure(Meaning.PERSON, "channel_not_found", method="conversations.list")
