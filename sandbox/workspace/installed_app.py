"""The installed app, as its manifest describes it, and the fixed ids of the workspace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

TEAM, APP, BOT, BOT_USER, SLACKBOT = "T0SANDBOX", "A0SANDBOX", "B0SANDBOX", "U0SANDBOXBOT", "USLACKBOT"


@dataclass(frozen=True)
class Command:
    """A slash command, as people see it suggested."""

    command: str
    description: str
    usage_hint: str


@dataclass(frozen=True)
class InstalledApp:
    """What the workspace knows of the app. `scopes` and `events` are None if the manifest lists none."""

    name: str
    bot_name: str
    commands: tuple[Command, ...]
    events: frozenset[str] | None
    scopes: frozenset[str] | None
    socket_mode: bool = False

    @classmethod
    def from_manifest(cls, manifest: Mapping[str, Any]) -> Self:
        """Read Slack's app manifest format."""
        features = manifest.get("features", {})
        name = str(manifest.get("display_information", {}).get("name", "App"))
        commands = tuple(
            Command(str(c["command"]), str(c.get("description", "")), str(c.get("usage_hint", "")))
            for c in features.get("slash_commands", ())
        )
        events = manifest.get("settings", {}).get("event_subscriptions", {}).get("bot_events")
        scopes = manifest.get("oauth_config", {}).get("scopes", {}).get("bot")
        return cls(
            name=name,
            bot_name=str(features.get("bot_user", {}).get("display_name", name)),
            commands=commands,
            events=None if events is None else frozenset(events),
            scopes=None if scopes is None else frozenset(scopes),
            socket_mode=bool(manifest.get("settings", {}).get("socket_mode_enabled")),
        )

    def hears(self, event: str) -> bool:
        """Whether the app is subscribed to an event. A manifest that lists none is taken to want them all."""
        return self.events is None or event in self.events

    def profile(self) -> dict[str, Any]:
        """The `bot_profile` that stands in each of its messages."""
        return {
            "id": BOT,
            "app_id": APP,
            "name": self.bot_name,
            "team_id": TEAM,
            "deleted": False,
            "icons": {},
        }
