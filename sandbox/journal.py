"""The inspector's log: what passed between the workspace and the app, the newest thousand entries."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sandbox.changes import Change, Changes
from sandbox.workspace.clock import Clock

KEPT = 1000


@dataclass(frozen=True)
class Entry:
    """One request and its answer. `name` is a Web API method, a command or a kind of interaction."""

    n: int
    at: str
    direction: Literal["to_app", "from_app"]
    name: str
    status: int
    ms: float
    error: str | None
    request: Any
    answer: Any


class Journal:
    """Keeps the newest entries in memory; a restart begins a new log."""

    def __init__(self, changes: Changes, clock: Clock) -> None:
        self._changes, self._clock = changes, clock
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._written = 0

    def write(
        self,
        direction: Literal["to_app", "from_app"],
        name: str,
        *,
        begun: float,
        status: int,
        request: Any,
        answer: Any,
        error: str | None = None,
    ) -> None:
        """Add an entry for something that began at `begun` (`time.perf_counter`) and is over now."""
        self._written += 1
        ms = round((time.perf_counter() - begun) * 1000, 1)
        at = self._clock.now().isoformat(timespec="milliseconds")
        self._entries.append(Entry(self._written, at, direction, name, status, ms, error, request, answer))
        self._changes.tell(Change("log"))

    def after(self, number: int, limit: int) -> list[dict[str, Any]]:
        """The newest entries after this number, at most `limit`, newest last."""
        found = [entry for entry in self._entries if entry.n > number]
        return [asdict(entry) for entry in found[-limit:]] if limit > 0 else []
