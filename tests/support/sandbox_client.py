"""The sandbox's client API over HTTP, as tests call it."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

T = TypeVar("T")
Json = dict[str, Any]
PATIENCE = 30.0
LOOK_AGAIN_AFTER = 0.03


class TimedOut(AssertionError):
    """What was waited for did not come."""


class Refused(AssertionError):
    """The sandbox would not do it; `code` says why."""

    def __init__(self, path: str, code: str, message: str) -> None:
        super().__init__(f"{path}: {code}: {message}")
        self.code = code


class SandboxClient:
    """One sandbox. Safe to use from many threads at once."""

    def __init__(self, url: str) -> None:
        self.url = url
        limits = httpx.Limits(max_connections=None)
        self._http = httpx.Client(base_url=f"{url}/client/", limits=limits, timeout=30, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def get(self, path: str, **query: Any) -> Json:
        """Look at something."""
        return self._read(path, self._http.get(path, params=query))

    def post(self, path: str, **body: Any) -> Json:
        """Do something."""
        return self._read(path, self._http.post(path, json=body))

    @staticmethod
    def _read(path: str, answer: httpx.Response) -> Json:
        body: Json = answer.json()
        if answer.is_error:
            raise Refused(path, body["error"], body["message"])
        return body

    @property
    def smtp_port(self) -> int:
        """Where the sandbox takes mail."""
        return int(self.get("mailboxes")["smtp_port"])

    def log(self, name: str = "") -> list[Json]:
        """What passed between the sandbox and the app, by this name or all of it."""
        return [e for e in self.get("log", limit=1000)["entries"] if name in ("", e["name"])]

    def wait(
        self,
        look: Callable[[], T | None],
        what: str,
        timeout: float | None = None,
        seen: Callable[[], object] | None = None,
    ) -> T:
        """Look until something is found. `seen` tells on failure what was there instead."""
        limit = PATIENCE if timeout is None else timeout
        end = time.monotonic() + limit
        while True:
            found = look()
            if found:
                return found
            if time.monotonic() > end:
                raise TimedOut(f"waited {limit:g} s for {what}" + (f"; there is {seen()}" if seen else ""))
            time.sleep(LOOK_AGAIN_AFTER)
