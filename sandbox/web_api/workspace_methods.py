"""Web API: the app itself, its team, and the people in it."""

from __future__ import annotations

import time

from sandbox.errors import SlackError
from sandbox.store import Json
from sandbox.web_api.arguments import Arguments
from sandbox.web_api.paging import page
from sandbox.web_api.reach import person
from sandbox.workspace.installed_app import APP, BOT, BOT_USER, TEAM
from sandbox.workspace.state import Workspace

SOCKETS = "/link/"


def team_url(w: Workspace) -> str:
    """The address of the workspace, as Slack would have it."""
    return f"https://{w.domain}.slack.com/"


def api_test(w: Workspace, args: Arguments) -> Json:  # noqa: ARG001 -- every method takes both
    """Says back what it was told, or fails with the error asked for."""
    if "error" in args:
        raise SlackError(args.text("error"), args=args.given)
    return {"args": args.given}


def auth_test(w: Workspace, args: Arguments) -> Json:  # noqa: ARG001 -- every method takes both
    """Whom the token stands for."""
    return {
        "url": team_url(w), "team": w.settings.workspace_name, "user": w.people.by_id[BOT_USER]["name"],
        "team_id": TEAM, "user_id": BOT_USER, "bot_id": BOT, "is_enterprise_install": False,
    }  # fmt: skip


def apps_connections_open(w: Workspace, args: Arguments) -> Json:  # noqa: ARG001 -- every method takes both
    """An address that opens one socket."""
    if not w.app.socket_mode:
        raise SlackError("socket_mode_not_enabled")
    return {"url": f"ws://127.0.0.1:{w.settings.port}{SOCKETS}?ticket={w.tickets.issue()}&app_id={APP}"}


def bots_info(w: Workspace, args: Arguments) -> Json:
    """The app's bot."""
    if args.text("bot", BOT) != BOT:
        raise SlackError("bot_not_found")
    bot = {
        "id": BOT,
        "deleted": False,
        "name": w.app.bot_name,
        "updated": 0,
        "app_id": APP,
        "user_id": BOT_USER,
    }
    return {"bot": bot | {"icons": {}}}


def team_info(w: Workspace, args: Arguments) -> Json:
    """The workspace."""
    if args.text("team", TEAM) != TEAM:
        raise SlackError("team_not_found")
    team = {"id": TEAM, "name": w.settings.workspace_name, "domain": w.domain, "email_domain": ""}
    return {"team": team | {"url": team_url(w), "icon": {"image_default": True}}}


def users_info(w: Workspace, args: Arguments) -> Json:
    """One person."""
    return {"user": _shown(w, person(w, args.need("user")), args)}


def users_list(w: Workspace, args: Arguments) -> Json:
    """Everybody, closed accounts and bots too, in pages."""
    shown, metadata = page(list(w.people.by_id.values()), lambda one: str(one["id"]), args, 1000)
    members = [_shown(w, one, args) for one in shown]
    return {"members": members, "cache_ts": int(time.time()), "response_metadata": metadata}


def users_lookup_by_email(w: Workspace, args: Arguments) -> Json:
    """The person with an address; a closed account is not found."""
    found = w.people.by_email(args.need("email"))
    if not found or found["deleted"]:
        raise SlackError("users_not_found")
    return {"user": _shown(w, found, args)}


def users_profile_get(w: Workspace, args: Arguments) -> Json:
    """The profile of a person, or the bot's own."""
    found = person(w, args.text("user") or BOT_USER)
    return {"profile": w.people.shown(found, email=_sees_addresses(w))["profile"]}


def _shown(w: Workspace, one: Json, args: Arguments) -> Json:
    return w.people.shown(one, locale=args.flag("include_locale"), email=_sees_addresses(w))


def _sees_addresses(w: Workspace) -> bool:
    return w.app.scopes is None or "users:read.email" in w.app.scopes
