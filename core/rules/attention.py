"""When a person may be spoken to unasked: not in their quiet hours, three times a day, the rest in one digest."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

A_DAY = 3
"""Unasked messages that a person gets in a day of theirs, before the digest."""

DIGEST = time(17)
"""When the digest of a day goes out, on the person's clock; later if they want quiet then."""


HOURS = tuple(f"{hour:02}:00" for hour in range(24))
"""The hours of a day, as people choose and read them."""


def hour_of(moment: time) -> str:
    """The one of `HOURS` that a time of day falls into: what was set to the minute is shown by its hour."""
    return HOURS[moment.hour]


@dataclass(frozen=True)
class QuietHours:
    """From one time of day until another, over midnight if need be. Two equal times mean no quiet hours."""

    start: time = time(21)
    end: time = time(8)

    def cover(self, moment: time) -> bool:
        """Whether this time of day is quiet."""
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end


def quiet_until(now: datetime, tz: ZoneInfo, quiet: QuietHours) -> datetime | None:
    """When the quiet hours end that `now` falls into; None if it falls into none."""
    if not quiet.cover(now.astimezone(tz).time()):
        return None
    return _next(quiet.end, now, tz)


def day_of(now: datetime, tz: ZoneInfo) -> str:
    """The person's day that a moment falls into, as `2030-03-01`."""
    return now.astimezone(tz).date().isoformat()


def digest_at(now: datetime, tz: ZoneInfo, quiet: QuietHours) -> datetime:
    """When what is too much for today goes out."""
    moment = _next(DIGEST, now, tz)
    return quiet_until(moment, tz, quiet) or moment


def _next(wanted: time, now: datetime, tz: ZoneInfo) -> datetime:
    """The first moment after `now` at which the clock shows `wanted`, or a later time where it skips that one."""
    today = now.astimezone(tz).date()
    shown = (datetime.combine(today + timedelta(days=days), wanted) for days in (0, 1, 2))
    found = ((wall, wall.replace(tzinfo=tz, fold=fold).astimezone(UTC)) for wall in shown for fold in (0, 1))
    return min(moment for wall, moment in found if moment > now and moment.astimezone(tz).replace(tzinfo=None) >= wall)
