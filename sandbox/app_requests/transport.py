"""One request to the app, whichever way it goes, and how the app answered."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from sandbox.store import Json

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
Failure = Literal["dispatch_failed", "operation_timeout"]


@dataclass(frozen=True)
class Sent:
    """A request as both transports need it. `raw` is its body over HTTP, `payload` what a socket's envelope holds."""

    name: str
    kind: Literal["slash_commands", "interactive", "events_api"]
    payload: Json
    raw: bytes
    content_type: str
    answered: bool = True
    """Whether an answer may say more than that it was taken in."""
    retry: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Answer:
    """How the app answered; `failure` is what the person is told if it did not, or not with success."""

    status: int
    body: str
    failure: Failure | None
    no_retry: bool = False

    def json(self) -> Any:
        """The body as JSON, None if it is empty. Raises `ValueError`."""
        return json.loads(self.body) if self.body.strip() else None


class AppUnreachable(Exception):
    """The app could not be reached at all; the message says why."""


class Transport(Protocol):
    """A way to the app."""

    async def carry(self, sent: Sent) -> Answer:
        """Bring it there, and the answer back. Raises `TimeoutError` or `AppUnreachable`."""

    async def close(self) -> None:
        """Drop the connections."""
