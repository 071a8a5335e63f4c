"""The time in the workspace, and Slack's timestamps: seconds with six digits, each later than all before.

The time may be ahead, by the seconds that stand in a file. The app reads the same file, so both agree.
"""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path


class Clock:
    """Hands out timestamps. After a restart it goes on behind the latest one that was kept."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._stamp: tuple[int, int] | None = None
        self._ahead = 0.0
        self._last = 0

    @property
    def ahead(self) -> float:
        """By how many seconds the workspace is ahead. It never goes back."""
        if self._file:
            self._look(self._file)
        return self._ahead

    def time(self) -> float:
        """Seconds since 1970, as the workspace has it."""
        return time.time() + self.ahead

    def now(self) -> datetime:
        """The same as a date and time, in UTC."""
        return datetime.fromtimestamp(self.time(), UTC)

    def move(self, moment: datetime) -> None:
        """Show this moment from now on, if it lies ahead; for the app too."""
        ahead = moment.timestamp() - time.time()
        if self._file and ahead > self.ahead:
            fresh = self._file.with_name(f"{self._file.name}.{os.getpid()}")
            fresh.write_text(f"{ahead:.3f}\n")
            fresh.replace(self._file)

    def seen(self, ts: str) -> None:
        """Take notice of a timestamp given out earlier."""
        seconds, _, micros = ts.partition(".")
        self._last = max(self._last, int(seconds) * 1_000_000 + int(micros or 0))

    def next(self) -> str:
        """A timestamp later than any before."""
        self._last = max(self._last + 1, time.time_ns() // 1000 + round(self.ahead * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def _look(self, file: Path) -> None:
        try:
            found = file.stat()
            stamp = (found.st_mtime_ns, found.st_ino)
            if stamp != self._stamp:
                self._stamp, self._ahead = stamp, max(self._ahead, float(file.read_text()))
        except (OSError, ValueError):
            return
