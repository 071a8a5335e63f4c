"""Client API: what a person sees."""

from __future__ import annotations

from dataclasses import asdict

from sandbox.client_api.asked import Asked
from sandbox.store import Json
from sandbox.workspace.conversations import Conversation
from sandbox.workspace.installed_app import APP, BOT_USER, TEAM
from sandbox.workspace.state import Workspace

LOG_LIMIT = 200


async def boot(w: Workspace, asked: Asked) -> Json:  # noqa: ARG001 -- every call takes both
    """The workspace, the app and everybody in it."""
    commands = [asdict(command) for command in w.app.commands]
    return {
        "team": {"id": TEAM, "name": w.settings.workspace_name},
        "app": {"id": APP, "name": w.app.name, "bot_user": BOT_USER, "commands": commands},
        "users": [w.people.shown(user) for user in w.people.by_id.values()],
    }


async def state(w: Workspace, asked: Asked) -> Json:
    """All that a person has before them, apart from the messages."""
    person = asked.person
    user = person["id"]
    w.conversations.with_app(user)
    mine = w.conversations.of(user)
    unread = {one.id: w.messages.unread(one, user) for one in mine}
    return {
        "me": w.people.shown(person),
        "conversations": [_shown(w, one, user) for one in mine],
        "home": w.views.home(user),
        "modals": w.views.modals(user),
        "unread": {channel: count for channel, count in unread.items() if count},
    }


async def messages(w: Workspace, asked: Asked) -> Json:
    """The messages of a conversation, oldest first, those only this person sees among them."""
    return {"messages": w.messages.seen_by(asked.person["id"], asked.channel)}


async def log(w: Workspace, asked: Asked) -> Json:
    """What passed between workspace and app."""
    return {"entries": w.journal.after(asked.number("after", 0), asked.number("limit", LOG_LIMIT))}


def _shown(w: Workspace, one: Conversation, user: str) -> Json:
    return {
        "id": one.id, "name": one.name, "kind": one.kind, "members": one.members, "topic": one.topic,
        "last_ts": w.messages.latest(one, user), "app_is_member": BOT_USER in one.members,
    }  # fmt: skip
