"""The Slack app manifest, made from what is registered: install from it, and nothing is missing or unused."""

from typing import Any

from core.config import Settings

DESCRIPTION = "Finds you a mentor, and looks after the two of you."
COMMANDS = (
    (
        "/mentor",
        "Your mentorship: profile, request, status",
        "[profile | request | status | schedule | log | feedback | pause | resume | privacy | help]",
    ),
    ("/ask", "Ask mentors a quick question", "[your question | open | mine | leaderboard | help]"),
    (
        "/mentor-admin",
        "For staff: figures, requests, mentorships at risk, matching by hand",
        "[stats | requests | at-risk | match | end | export | dashboard | help]",
    ),
)
SCOPES = (
    "channels:join",
    "channels:read",
    "channels:history",
    "chat:write",
    "commands",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "mpim:history",
    "mpim:write",
    "users:read",
    "users:read.email",
)


EVENTS = ("app_home_opened", "team_join", "user_change")
SIGN_IN_SCOPES = ("openid",)


def manifest(settings: Settings, sign_in_url: str = "") -> dict[str, Any]:
    """The manifest in Slack's format, for this installation.

    With an app-level token Slack sends over sockets (Socket Mode), and needs no address for it. `sign_in_url` is where
    people come back to from Sign in with Slack, if that is wanted.
    """
    sockets = bool(settings.slack_app_token.get_secret_value())
    url = f"{settings.public_url.rstrip('/')}/slack/events"
    oauth: dict[str, Any] = {"scopes": {"bot": list(SCOPES)}}
    if sign_in_url:
        oauth = {"redirect_urls": [sign_in_url], "scopes": {"user": list(SIGN_IN_SCOPES), "bot": list(SCOPES)}}
    return {
        "display_information": {"name": "Ithaca", "description": DESCRIPTION, "background_color": "#1f3a5f"},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": "Ithaca", "always_online": True},
            "slash_commands": [
                {"command": command, "description": description, "usage_hint": hint, "should_escape": True}
                | ({} if sockets else {"url": url})
                for command, description, hint in COMMANDS
            ],
        },
        "oauth_config": oauth,
        "settings": {
            "event_subscriptions": ({} if sockets else {"request_url": url}) | {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True}
            | ({} if sockets else {"request_url": url, "message_menu_options_url": url}),
            "org_deploy_enabled": False,
            "socket_mode_enabled": sockets,
            "token_rotation_enabled": False,
        },
    }
