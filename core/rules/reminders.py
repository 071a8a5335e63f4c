"""When people are reminded of a planned meeting and asked whether it took place, and of what they meant to do.

The sweep may be late. A reminder that would come too late to be of use is left out, never sent after the fact.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Span:
    """How long before a meeting a reminder goes out: at the earliest, and at the latest."""

    earliest: timedelta
    latest: timedelta


DAY = Span(timedelta(days=1), timedelta(hours=3))  # later than that, the other one is near
HOUR = Span(timedelta(hours=1), timedelta(minutes=5))
ASK_FOR = timedelta(days=3)
"""How long after its end the pair is asked whether they met; after that they are left alone."""


def leave_out(planned_at: datetime, starts_at: datetime) -> tuple[bool, bool]:
    """Which of the two reminders, the day's and the hour's, says nothing new to who has just picked the time."""
    ahead = starts_at - planned_at
    return ahead < DAY.earliest, ahead < 2 * HOUR.earliest


def item_reminder_due(due_on: date, now: datetime, zones: Iterable[ZoneInfo]) -> bool:
    """Whether it is the day before, or by a late sweep the day itself, on the calendar of everybody concerned."""
    today = (now.astimezone(zone).date() for zone in zones)
    return all(due_on - timedelta(days=1) <= day <= due_on for day in today)
