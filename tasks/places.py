"""Where a message goes in Slack: a person's direct conversation, a pair's group, or a channel by its name."""

from functools import lru_cache
from uuid import UUID

from sqlalchemy import update

from bot.context import Bot
from bot.gateway import Failure, Meaning
from core.models import User
from core.notifications import Audience, ChannelName
from core.services.matches import keep_conversation, pair
from core.services.people import by_id
from core.uow import SYSTEM


class NoSlack(Exception):
    """Somebody who is meant has no account in Slack."""


def conversation(bot: Bot, audience: Audience) -> str:
    """The id of the conversation for this audience, opened if need be. Raises `Failure` or `NoSlack`."""
    if audience.person_id:
        return _direct(bot, audience.person_id)
    if audience.match_id:
        return _group(bot, audience.match_id)
    if audience.channel:
        return _channel(bot, audience.channel)
    raise ValueError("a message for nobody")


def _direct(bot: Bot, person_id: UUID) -> str:
    with bot.units.read(SYSTEM) as reading:
        person, known = by_id(reading, person_id), reading.session.get_one(User, person_id).slack_dm_channel
    if known:
        return known
    if not person.slack_user_id:
        raise NoSlack(person_id)
    channel = _open(bot, person.slack_user_id)
    with bot.units.work(SYSTEM) as work:
        work.session.execute(update(User).where(User.id == person_id).values(slack_dm_channel=channel))
    return channel


def _group(bot: Bot, match_id: UUID) -> str:
    with bot.units.read(SYSTEM) as reading:
        found = pair(reading, match_id)
    if found.slack_channel:
        return found.slack_channel
    accounts = [person.slack_user_id for person in (found.student, found.mentor)]
    if not all(accounts):
        raise NoSlack(match_id)
    channel = _open(bot, ",".join(str(account) for account in accounts))
    with bot.units.work(SYSTEM) as work:
        keep_conversation(work, match_id, channel)
    return channel


def _open(bot: Bot, users: str) -> str:
    return str(bot.slack.call("conversations.open", users=users)["channel"]["id"])


def _channel(bot: Bot, channel: ChannelName) -> str:
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
        page = bot.slack.call(
            "conversations.list",
            types="public_channel,private_channel",
            exclude_archived=True,
            limit=200,
            cursor=cursor,
        )
        for channel in page["channels"]:
            if channel["name"] == name:
                if not channel["is_member"]:
                    bot.slack.call("conversations.join", channel=channel["id"])
                return str(channel["id"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
        if cursor is None:
            raise Failure(Meaning.PERSON, "channel_not_found")
