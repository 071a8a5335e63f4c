"""Every method of the Web API there is, with its rate limit and the scopes of which the app needs one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.store import Json
from sandbox.web_api import chat_methods, conversation_methods, view_methods, workspace_methods
from sandbox.web_api.arguments import Arguments
from sandbox.workspace.state import Workspace

TIER_2, TIER_3, TIER_4, MANY = 20, 50, 100, 600
"""Calls a minute. MANY stands for Slack's "hundreds"."""
TIER_1 = 5
"""One a minute, says Slack, and a small burst."""

READ = ("channels:read", "groups:read", "im:read", "mpim:read")
HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
OPEN = ("im:write", "mpim:write", "channels:manage", "groups:write")
WRITE = ("chat:write",)
PEOPLE = ("users:read",)


@dataclass(frozen=True)
class Method:
    """What carries out a call, how often a minute it may be called, and one of which scopes it needs."""

    run: Callable[[Workspace, Arguments], Json]
    per_minute: int
    scopes: tuple[str, ...] = ()
    of_the_app: bool = False
    """Called with the app-level token in place of the bot's."""


METHODS = {
    "api.test": Method(workspace_methods.api_test, TIER_4),
    "auth.test": Method(workspace_methods.auth_test, MANY),
    "apps.connections.open": Method(workspace_methods.apps_connections_open, TIER_1, of_the_app=True),
    "team.info": Method(workspace_methods.team_info, TIER_3, ("team:read",)),
    "bots.info": Method(workspace_methods.bots_info, TIER_3, PEOPLE),
    "users.info": Method(workspace_methods.users_info, TIER_4, PEOPLE),
    "users.list": Method(workspace_methods.users_list, TIER_2, PEOPLE),
    "users.lookupByEmail": Method(workspace_methods.users_lookup_by_email, TIER_3, ("users:read.email",)),
    "users.profile.get": Method(workspace_methods.users_profile_get, TIER_4, ("users.profile:read",)),
    "conversations.open": Method(conversation_methods.conversations_open, TIER_3, OPEN),
    "conversations.info": Method(conversation_methods.conversations_info, TIER_3, READ),
    "conversations.list": Method(conversation_methods.conversations_list, TIER_2, READ),
    "conversations.members": Method(conversation_methods.conversations_members, TIER_4, READ),
    "conversations.join": Method(conversation_methods.conversations_join, TIER_3, ("channels:join",)),
    "conversations.create": Method(
        conversation_methods.conversations_create, TIER_2, ("channels:manage", "groups:write")
    ),
    "conversations.invite": Method(
        conversation_methods.conversations_invite,
        TIER_3,
        ("channels:manage", "channels:write.invites", "groups:write", "groups:write.invites"),
    ),
    "conversations.archive": Method(
        conversation_methods.conversations_archive, TIER_2, ("channels:manage", "groups:write")
    ),
    "conversations.history": Method(conversation_methods.conversations_history, TIER_3, HISTORY),
    "conversations.replies": Method(conversation_methods.conversations_replies, TIER_3, HISTORY),
    "chat.postMessage": Method(chat_methods.post_message, MANY, WRITE),
    "chat.update": Method(chat_methods.update, TIER_3, WRITE),
    "chat.delete": Method(chat_methods.delete, TIER_3, WRITE),
    "chat.postEphemeral": Method(chat_methods.post_ephemeral, TIER_4, WRITE),
    "chat.getPermalink": Method(chat_methods.get_permalink, MANY),
    "reactions.add": Method(chat_methods.add_reaction, TIER_3, ("reactions:write",)),
    "views.open": Method(view_methods.open_view, TIER_4),
    "views.push": Method(view_methods.push, TIER_4),
    "views.update": Method(view_methods.update, TIER_4),
    "views.publish": Method(view_methods.publish, TIER_4),
}
