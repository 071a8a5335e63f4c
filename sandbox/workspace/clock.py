"""Slack's timestamps: seconds with six digits, each later than all before, and so an id."""

from __future__ import annotations

import time


class Clock:
    """Hands out timestamps. After a restart it goes on behind the latest one that was kept."""

    def __init__(self) -> None:
        self._last = 0

    def seen(self, ts: str) -> None:
        """Take notice of a timestamp given out earlier."""
        seconds, _, micros = ts.partition(".")
        self._last = max(self._last, int(seconds) * 1_000_000 + int(micros or 0))

    def next(self) -> str:
        """A timestamp later than any before."""
        self._last = max(self._last + 1, time.time_ns() // 1000)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"
