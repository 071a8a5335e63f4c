"""The time as something that is passed in: rules and services never look at a clock themselves."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def stopped_at(moment: datetime) -> Clock:
    """A clock that always shows `moment`, which must have a time zone."""
    if moment.tzinfo is None:
        raise ValueError("a time needs a time zone, as in 2030-01-31T09:00+00:00")
    return lambda: moment


class AheadClock:
    """A clock that is ahead by the seconds in a file, so that all processes of a stack agree on the time.

    The file is read again when it was replaced, as `move` does. Without it, or with anything but a number in it, the
    clock shows the present. It never goes back: who has once been in the future stays there.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._stamp: tuple[int, int] | None = None
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        """The present moment of this stack, in UTC."""
        return system_clock() + self.ahead

    @property
    def ahead(self) -> timedelta:
        """By how much it is ahead now."""
        try:
            found = self.file.stat()
        except OSError:
            return self._ahead
        stamp = (found.st_mtime_ns, found.st_ino)
        if stamp != self._stamp:
            self._stamp, self._ahead = stamp, max(self._ahead, self._read())
        return self._ahead

    def move(self, moment: datetime) -> None:
        """Show this moment from now on, if it lies ahead; for every process that reads the file."""
        ahead = moment - system_clock()
        if ahead <= self.ahead:
            return
        fresh = self.file.with_name(f"{self.file.name}.{os.getpid()}")
        fresh.write_text(f"{ahead.total_seconds():.3f}\n")
        fresh.replace(self.file)

    def _read(self) -> timedelta:
        try:
            return max(timedelta(), timedelta(seconds=float(self.file.read_text())))
        except (OSError, ValueError, OverflowError):
            return self._ahead


def clock_of(file: Path | None) -> Clock:
    """The clock of a service: ahead by what the file says, or without one simply the present."""
    return AheadClock(file) if file else system_clock
