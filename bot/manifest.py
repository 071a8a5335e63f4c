"""The Slack app manifest, made from what is registered: install from it, and nothing is missing or unused."""

from typing import Any

from core.config import Settings

DESCRIPTION = "Finds you a mentor, and looks after the two of you."
COMMANDS = (
    (
        "/mentor",
        "Your mentorship: profile, request, status",
        "[profile | request | status | schedule | log | feedback | pause | resume | help]",
    ),
    ("/ask", "Ask mentors a quick question", "[your question | open | mine | leaderboard | help]"),
    (
        "/mentor-admin",
        "For staff: figures, open requests, mentorships at risk",
        "[stats | requests | at-risk | dashboard | help]",
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


def manifest(settings: Settings) -> dict[str, Any]:
    """The manifest in Slack's format, for this installation's public address."""
    url = f"{settings.public_url.rstrip('/')}/slack/events"
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
                {
                    "command": command,
                    "url": url,
                    "description": description,
                    "usage_hint": hint,
                    "should_escape": True,
                }
                for command, description, hint in COMMANDS
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"request_url": url, "bot_events": ["app_home_opened", "team_join", "user_change"]},
            "interactivity": {"is_enabled": True, "request_url": url, "message_menu_options_url": url},
            "org_deploy_enabled": False,
            "socket_mode_enabled": False,
            "token_rotation_enabled": False,
        },
    }
