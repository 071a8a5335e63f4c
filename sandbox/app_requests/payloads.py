"""What Slack's requests to the app contain."""

from __future__ import annotations

import secrets
from typing import Any

from sandbox.block_kit.elements import Element, State
from sandbox.store import Json
from sandbox.workspace.conversations import Conversation
from sandbox.workspace.installed_app import APP, BOT_USER, TEAM
from sandbox.workspace.state import Workspace

TOKEN = "sandbox-verification-token"  # noqa: S105 -- long deprecated by Slack, and no secret here
SHOWN_WITH_ACTION = ("placeholder", "initial_option", "initial_options", "initial_date", "initial_time")


def command(w: Workspace, person: Json, channel: Conversation, typed: tuple[str, str], url: str) -> dict[str, str]:
    """The form fields of a slash command; `typed` is the command and the text after it."""
    return {
        "token": TOKEN, "team_id": TEAM, "team_domain": w.domain, "channel_id": channel.id,
        "channel_name": channel.wire_name, "user_id": person["id"], "user_name": person["name"],
        "command": typed[0], "text": typed[1], "api_app_id": APP, "is_enterprise_install": "false",
        "response_url": url, "trigger_id": w.triggers.issue(person["id"]),
    }  # fmt: skip


def interaction(w: Workspace, kind: str, person: Json, **content: Any) -> Json:
    """An interaction of this person."""
    user = {"id": person["id"], "username": person["name"], "name": person["name"], "team_id": TEAM}
    return {
        "type": kind, "user": user, "api_app_id": APP, "token": TOKEN, "team": w.team, "enterprise": None,
        "is_enterprise_install": False, **content,
    }  # fmt: skip


def in_view(view: Json) -> Json:
    """Where something happened: a modal or a Home tab."""
    return {"container": {"type": "view", "view_id": view["id"]}, "view": view}


def in_message(channel: Conversation, message: Json, values: State) -> Json:
    """Where something happened: a message. The app is not shown those that only one person sees."""
    private = bool(message.get("is_ephemeral"))
    container = {
        "type": "message", "message_ts": message["ts"], "channel_id": channel.id, "is_ephemeral": private,
    }  # fmt: skip
    if message.get("thread_ts"):
        container["thread_ts"] = message["thread_ts"]
    shown = {} if private else {"message": message}
    place = {"id": channel.id, "name": channel.wire_name}
    return {"container": container, "channel": place, **shown, "state": {"values": values}}


def action(w: Workspace, element: Element, value: Json) -> Json:
    """What the person did: `value` is the element's new answer, a button adds what it says itself."""
    block_id, action_id = element.ids
    keys = ("text", "value", "style") if element.kind == "button" else SHOWN_WITH_ACTION
    own = {key: element.body[key] for key in keys if element.body.get(key) is not None}
    ids = {"type": element.kind, "block_id": block_id, "action_id": action_id}
    return {**ids, **own, **value, "action_ts": w.clock.next()}


def event(w: Workspace, content: Json) -> Json:
    """An event of the Events API, under an id of its own."""
    who = {
        "enterprise_id": None, "team_id": TEAM, "user_id": BOT_USER, "is_bot": True,
        "is_enterprise_install": False,
    }  # fmt: skip
    return {
        "token": TOKEN, "team_id": TEAM, "context_team_id": TEAM, "context_enterprise_id": None,
        "api_app_id": APP, "event": {**content, "event_ts": w.clock.next()}, "type": "event_callback",
        "event_id": f"Ev0{secrets.token_hex(5).upper()}", "event_time": int(w.clock.time()),
        "authorizations": [who], "is_ext_shared_channel": False,
    }  # fmt: skip
