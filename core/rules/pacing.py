"""How fast Slack may be called: a few calls at once, then a steady pace for each key.

The generic cell rate algorithm (ITU-T I.371): of each key only one moment is kept, the one at which its next
call would be due if calls came evenly.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Pace:
    """One call in each `every`, after up to `at_once` calls without a wait."""

    every: timedelta
    at_once: int


def slot(due: datetime | None, pace: Pace, now: datetime) -> tuple[datetime, datetime]:
    """When the next call of a key may be made, and what is `due` after it. `due` is None for a key never used."""
    even = max(due or now, now)
    return max(now, even - pace.every * (pace.at_once - 1)), even + pace.every
