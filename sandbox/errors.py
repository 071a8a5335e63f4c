"""How the sandbox refuses: Slack's error codes to the app, a sentence to the person's page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class SlackError(Exception):
    """An answer with `ok: false` to the app; `problems` are Slack's sentences about what was sent."""

    def __init__(self, code: str, problems: Sequence[str] = (), **more: Any) -> None:
        super().__init__(code, *problems)
        self.code, self.problems, self.more = code, list(problems), more

    @property
    def body(self) -> dict[str, Any]:
        """The answer as Slack words it."""
        body: dict[str, Any] = {"ok": False, "error": self.code, **self.more}
        if self.problems:
            body["errors"] = self.problems
            body["response_metadata"] = {"messages": [f"[ERROR] {problem}" for problem in self.problems]}
        return body


class ClientError(Exception):
    """What a person's page asked for cannot be done; `message` says what to do instead."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message
