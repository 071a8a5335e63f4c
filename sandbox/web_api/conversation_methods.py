"""Web API: conversations, who is in them, and what was said."""

from __future__ import annotations

import re
from typing import Any

from sandbox.errors import SlackError
from sandbox.store import Json
from sandbox.web_api.arguments import Arguments
from sandbox.web_api.paging import page
from sandbox.web_api.reach import joined, known, person, reachable
from sandbox.workspace.conversations import Conversation
from sandbox.workspace.installed_app import BOT_USER
from sandbox.workspace.messages import into_thread
from sandbox.workspace.state import Workspace

GROUP_MOST = 8
TYPES = {"channel": "public_channel", "private": "private_channel", "im": "im", "mpim": "mpim"}


def conversations_open(w: Workspace, args: Arguments) -> Json:
    """The direct conversation with one person, or the group with up to eight."""
    if "channel" in args:
        opened = known(w, args.text("channel"))
        return {"no_op": True, "already_open": True, "channel": _or_id(w, opened, args)}
    others = [name for name in args.names("users") if name != BOT_USER]
    if not others:
        raise SlackError("users_list_not_supplied")
    if len(others) > GROUP_MOST:
        raise SlackError("too_many_users")
    for user in others:
        reachable(w, user)
    return {"channel": _or_id(w, w.conversations.open([BOT_USER, *others]), args)}


def _or_id(w: Workspace, one: Conversation, args: Arguments) -> Json:
    return w.conversations.shown(one, BOT_USER) if args.flag("return_im") else {"id": one.id}


def conversations_info(w: Workspace, args: Arguments) -> Json:
    """One conversation."""
    found = known(w, args.need("channel"))
    count = {"num_members": len(found.members)} if args.flag("include_num_members") else {}
    return {"channel": w.conversations.shown(found, BOT_USER) | count}


def conversations_list(w: Workspace, args: Arguments) -> Json:
    """The conversations of some types that the app may know of, in pages."""
    wanted = set(args.names("types")) or {"public_channel"}
    if wanted - set(TYPES.values()):
        raise SlackError("invalid_types")
    found = [
        one
        for one in w.conversations.by_id.values()
        if TYPES[one.kind] in wanted
        and (one.kind == "channel" or BOT_USER in one.members)
        and not (one.is_archived and args.flag("exclude_archived"))
    ]
    shown, metadata = page(found, lambda one: one.id, args, 100)
    return {
        "channels": [w.conversations.shown(one, BOT_USER) for one in shown],
        "response_metadata": metadata,
    }


def conversations_members(w: Workspace, args: Arguments) -> Json:
    """Who is in a conversation, in pages."""
    members, metadata = page(known(w, args.need("channel")).members, str, args, 100)
    return {"members": members, "response_metadata": metadata}


def conversations_join(w: Workspace, args: Arguments) -> Json:
    """Let the app into a public channel."""
    found = known(w, args.need("channel"))
    if found.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if found.is_archived:
        raise SlackError("is_archived")
    was_in = BOT_USER in found.members
    w.conversations.add(found, [BOT_USER])
    warning: Json = {
        "response_metadata": {"warnings": ["already_in_channel"]},
        "warning": "already_in_channel",
    }
    return {"channel": w.conversations.shown(found, BOT_USER)} | (warning if was_in else {})


def conversations_create(w: Workspace, args: Arguments) -> Json:
    """A new channel with the app in it."""
    name = args.need("name", "invalid_name_required")
    if len(name) > 80:
        raise SlackError("invalid_name_maxlength")
    if not re.fullmatch(r"[\w-]+", name) or name != name.lower():
        raise SlackError("invalid_name_specials")
    if w.conversations.named(name):
        raise SlackError("name_taken")
    made = w.conversations.create(name, "private" if args.flag("is_private") else "channel", [BOT_USER], BOT_USER)
    return {"channel": w.conversations.shown(made, BOT_USER)}


def conversations_archive(w: Workspace, args: Arguments) -> Json:
    """Close a channel: it can be read, and nobody writes there any more."""
    found = joined(w, args.need("channel"))
    if found.kind in ("im", "mpim"):
        raise SlackError("method_not_supported_for_channel_type")
    if found.is_general:
        raise SlackError("cant_archive_general")
    if found.is_archived:
        raise SlackError("already_archived")
    found.is_archived = True
    w.conversations.keep(found)
    return {}


def conversations_invite(w: Workspace, args: Arguments) -> Json:
    """Let people into a channel: all of them or, if one cannot be let in, none."""
    found = joined(w, args.need("channel"))
    if found.kind in ("im", "mpim"):
        raise SlackError("method_not_supported_for_channel_type")
    if found.is_archived:
        raise SlackError("is_archived")
    users = args.names("users")
    if not users:
        raise SlackError("no_user")
    for user in users:
        if user == BOT_USER:
            raise SlackError("cant_invite_self")
        if person(w, user)["deleted"]:
            raise SlackError("user_not_found")
        if user in found.members:
            raise SlackError("already_in_channel")
    w.admit(found, users)
    return {"channel": w.conversations.shown(found, BOT_USER)}


def conversations_history(w: Workspace, args: Arguments) -> Json:
    """What was said in a conversation, newest first, without the answers in threads."""
    found = joined(w, args.need("channel"))
    newest = reversed(w.messages.in_channel(found))
    return _read([m for m in newest if into_thread(m) == m["ts"] or m.get("subtype") == "thread_broadcast"], args)


def conversations_replies(w: Workspace, args: Arguments) -> Json:
    """A thread, oldest first."""
    found, ts = joined(w, args.need("channel")), args.need("ts")
    thread = [m for m in w.messages.in_channel(found) if ts in (m["ts"], m.get("thread_ts"))]
    if not thread:
        raise SlackError("thread_not_found")
    return _read(thread, args)


def _read(messages: list[Json], args: Arguments) -> Json:
    """Those between `oldest` and `latest`, in pages; what metadata holds only with `include_all_metadata`."""
    oldest, latest = _moment(args, "oldest", 0.0), _moment(args, "latest", float("inf"))
    edges = (oldest, latest) if args.flag("inclusive") else ()
    found = [m for m in messages if oldest < float(m["ts"]) < latest or float(m["ts"]) in edges]
    shown, metadata = page(found, lambda m: str(m["ts"]), args, 100)
    whole = args.flag("include_all_metadata")
    return {
        "messages": [m if whole else _without_payload(m) for m in shown],
        "has_more": bool(metadata["next_cursor"]),
        "pin_count": 0,
        "response_metadata": metadata,
    }


def _moment(args: Arguments, name: str, default: float) -> float:
    try:
        return float(args.text(name)) if name in args else default
    except ValueError:
        raise SlackError(f"invalid_ts_{name}") from None


def _without_payload(message: dict[str, Any]) -> Json:
    if "metadata" not in message:
        return message
    return message | {"metadata": {"event_type": message["metadata"]["event_type"]}}
