"""Whom and what the app can reach: people and conversations by id, or Slack's error for those it cannot."""

from __future__ import annotations

from sandbox.errors import SlackError
from sandbox.store import Json
from sandbox.workspace.conversations import Conversation
from sandbox.workspace.installed_app import BOT_USER, SLACKBOT
from sandbox.workspace.state import Workspace


def person(w: Workspace, user: str) -> Json:
    """Anybody with an account, closed ones too: `user_not_found`."""
    found = w.people.by_id.get(user)
    if not found:
        raise SlackError("user_not_found")
    return found


def direct(w: Workspace, user: str) -> Conversation:
    """The app's direct conversation with a person: `user_not_found`, `cannot_dm_bot`, `user_disabled`."""
    reachable(w, user)
    return w.conversations.with_app(user)


def reachable(w: Workspace, user: str) -> Json:
    """A person the app may write to: `user_not_found`, `cannot_dm_bot`, `user_disabled`."""
    found = person(w, user)
    if found["is_bot"] or user == SLACKBOT:
        raise SlackError("cannot_dm_bot")
    if found["deleted"]:
        raise SlackError("user_disabled")
    refused = w.faults.refuses(user)
    if refused:
        raise SlackError(refused.error)
    return found


def known(w: Workspace, channel: str) -> Conversation:
    """A conversation the app may know of, a public channel or one it is in: `channel_not_found`."""
    found = w.conversations.by_id.get(channel)
    if not found or (found.kind != "channel" and BOT_USER not in found.members):
        raise SlackError("channel_not_found")
    return found


def joined(w: Workspace, channel: str) -> Conversation:
    """A conversation the app is in: `channel_not_found`, `not_in_channel`."""
    found = known(w, channel)
    if BOT_USER not in found.members:
        raise SlackError("not_in_channel")
    return found


def writable(w: Workspace, target: str) -> Conversation:
    """Where a message to this channel id, channel name or person would go.

    Raises `SlackError`: `channel_not_found`, `not_in_channel`, `is_archived`, `user_disabled`,
    `cannot_dm_bot`.
    """
    if target in w.people.by_id:
        return direct(w, target)
    named = w.conversations.named(target)
    found = joined(w, named.id if named else target)
    if found.is_archived:
        raise SlackError("is_archived")
    if found.kind == "im":
        for member in found.members:
            if member != BOT_USER:
                reachable(w, member)
    return found
