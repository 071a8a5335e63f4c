"""What a sandbox has to be told: where it listens, where it keeps its data, and which app is installed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self


@dataclass(frozen=True)
class ChannelSettings:
    """A channel that exists from the start, with the app in it."""

    name: str
    private: bool = False


@dataclass(frozen=True)
class SandboxSettings:
    """Everything about one sandbox. Times are in seconds; the defaults are Slack's own."""

    port: int
    data: Path
    request_url: str
    """Where the app takes Slack's requests, such as `http://127.0.0.1:8000/slack/events`."""
    bot_token: str
    signing_secret: str
    manifest: Mapping[str, Any] = field(default_factory=dict)
    """The app in Slack's manifest format. Scopes and events are enforced if it lists them."""
    app_token: str = ""
    """The app-level token, which opens sockets. The manifest says whether requests go over them."""
    workspace_name: str = "University Centre"
    channels: tuple[ChannelSettings, ...] = ()
    rate_limits: bool = True
    answer_within: float = 3.0
    trigger_life: float = 3.0
    smtp_port: int | None = None
    """Where the app hands over its mail: 0 means any port that is free, None no mail at all."""
    clock_file: Path | None = None
    """Says by how many seconds the workspace is ahead of the present. The app reads it too."""
    jump_command: tuple[str, ...] = ()
    """Brings the app to another time, which is added as the last argument; it may move the clock on its way."""
    event_retries: tuple[float, ...] = (0.0, 60.0, 300.0)
    """How long to wait before each new try of an event that was not acknowledged."""

    @property
    def url(self) -> str:
        """Where the sandbox itself is found."""
        return f"http://127.0.0.1:{self.port}"

    @classmethod
    def read(cls, path: Path) -> Self:
        """The settings in a JSON file whose keys are the names of the fields."""
        given = json.loads(path.read_text())
        given["data"] = Path(given["data"])
        given["channels"] = tuple(ChannelSettings(**one) for one in given.get("channels", ()))
        given["clock_file"] = Path(given["clock_file"]) if given.get("clock_file") else None
        given["jump_command"] = tuple(given.get("jump_command", ()))
        given["event_retries"] = tuple(given.get("event_retries", cls.event_retries))
        return cls(**given)
