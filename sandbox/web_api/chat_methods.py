"""Web API: messages the app sends, changes and deletes."""

from __future__ import annotations

from sandbox.errors import SlackError
from sandbox.store import Json
from sandbox.web_api.arguments import Arguments
from sandbox.web_api.content import POST_CHARACTERS, UPDATE_CHARACTERS, read_content, read_metadata
from sandbox.web_api.reach import joined, known, person, writable
from sandbox.web_api.workspace_methods import team_url
from sandbox.workspace.conversations import Conversation
from sandbox.workspace.installed_app import BOT, BOT_USER
from sandbox.workspace.state import Workspace


def post_message(w: Workspace, args: Arguments) -> Json:
    """Post to a channel, a group or a person. A person's direct conversation is opened if need be."""
    found = writable(w, args.need("channel", "channel_not_found"))
    content, metadata = read_content(args, POST_CHARACTERS), read_metadata(args)
    if metadata:
        content["metadata"] = metadata
    if "thread_ts" in args:
        parent = w.messages.find(found, args.text("thread_ts"))
        if not parent:
            raise SlackError("thread_not_found")
        if args.flag("reply_broadcast"):
            content["subtype"] = "thread_broadcast"
        message = w.messages.reply(found, BOT_USER, parent, content)
    else:
        message = w.messages.post(found, BOT_USER, content)
    return {"channel": found.id, "ts": message["ts"], "message": message}


def update(w: Workspace, args: Arguments) -> Json:
    """Change a message of the app. Blocks and metadata that are not sent stay; empty ones remove them."""
    found, message = _own(w, args, "cant_update_message")
    content, metadata = read_content(args, UPDATE_CHARACTERS), read_metadata(args)
    if metadata is not None:
        content["metadata"] = metadata or None
    if content.get("blocks") == []:
        content["blocks"] = None
    message = w.messages.replace(found, message, content)
    return {"channel": found.id, "ts": message["ts"], "text": message["text"], "message": message}


def delete(w: Workspace, args: Arguments) -> Json:
    """Delete a message of the app."""
    found, message = _own(w, args, "cant_delete_message")
    w.messages.remove(found, message)
    return {"channel": found.id, "ts": message["ts"]}


def post_ephemeral(w: Workspace, args: Arguments) -> Json:
    """Show a message to one person in a conversation."""
    found = joined(w, args.need("channel", "channel_not_found"))
    user = args.need("user")
    if found.is_archived:
        raise SlackError("is_archived")
    if user not in found.members or person(w, user)["deleted"]:
        raise SlackError("user_not_in_channel")
    return {"message_ts": w.messages.whisper(found, user, read_content(args, POST_CHARACTERS))["ts"]}


def get_permalink(w: Workspace, args: Arguments) -> Json:
    """The lasting address of a message."""
    found, ts = known(w, args.need("channel")), args.need("message_ts")
    if not w.messages.find(found, ts):
        raise SlackError("message_not_found")
    return {"channel": found.id, "permalink": f"{team_url(w)}archives/{found.id}/p{ts.replace('.', '')}"}


def add_reaction(w: Workspace, args: Arguments) -> Json:
    """React to a message, once with each emoji."""
    found = joined(w, args.need("channel", "no_item_specified"))
    message = w.messages.find(found, args.need("timestamp", "no_item_specified"))
    if not message:
        raise SlackError("message_not_found")
    name = args.need("name", "invalid_name").strip(":")
    if any(r["name"] == name and BOT_USER in r["users"] for r in message.get("reactions", ())):
        raise SlackError("already_reacted")
    w.messages.react(found, message, name)
    return {}


def _own(w: Workspace, args: Arguments, refusal: str) -> tuple[Conversation, Json]:
    found = known(w, args.need("channel", "channel_not_found"))
    message = w.messages.find(found, args.need("ts", "message_not_found"))
    if not message:
        raise SlackError("message_not_found")
    if message.get("bot_id") != BOT:
        raise SlackError(refusal)
    return found, message
