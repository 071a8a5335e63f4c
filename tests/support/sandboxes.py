"""A sandbox that runs in a thread of the tests, on a free port."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sandbox.server import SandboxServer
from sandbox.settings import ChannelSettings, SandboxSettings

TOKEN, SECRET, APP_TOKEN = "xoxb-test", "test-signing-secret", "xapp-test"
PATIENCE = 20.0


def settings_for(data: Path, request_url: str, manifest: Mapping[str, Any], **more: Any) -> SandboxSettings:
    """Settings for a test: the usual channels, mail, no rate limits, patience with a busy machine.

    Slack's own three seconds are for the tests about them, which pass them in `more`.
    """
    channels = (ChannelSettings("quick-questions"), ChannelSettings("mentorship-admins", private=True))
    settings = SandboxSettings(0, data, request_url, TOKEN, SECRET, manifest, channels=channels, rate_limits=False)
    settings = replace(settings, answer_within=PATIENCE, trigger_life=PATIENCE, smtp_port=0)
    return replace(settings, **more)


@contextmanager
def served(settings: SandboxSettings) -> Iterator[SandboxSettings]:
    """Run a sandbox; yields its settings with the port it has."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listening:
        settings = replace(settings, port=listening.getsockname()[1])
        server = SandboxServer(settings)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield settings
        finally:
            server.handle_exit(signal.SIGTERM, None)
            thread.join()
