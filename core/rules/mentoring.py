"""A mentor's pause, and what comes of silence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

PAUSE = timedelta(days=30)
PAUSES: Mapping[str, timedelta | None] = {
    "No": None,
    "2 weeks": timedelta(weeks=2),
    "1 month": PAUSE,
    "3 months": timedelta(days=91),
}
"""Pauses that forms offer, as mentors read them; the first is where nothing was picked."""
SILENT_BEFORE_PAUSE = 3


@dataclass(frozen=True)
class Silence:
    """Offers in a row that a mentor let expire, and the end of the pause that begins with this one, if one does."""

    ignored: int
    paused_until: datetime | None


def is_paused(paused_until: datetime | None, now: datetime) -> bool:
    """Whether a mentor takes no new students at this moment. A pause is over at its end."""
    return paused_until is not None and now < paused_until


def after_silence(
    ignored: int, paused_until: datetime | None, now: datetime, most: int = SILENT_BEFORE_PAUSE
) -> Silence:
    """One more offer expired. The `most`-th in a row begins a pause, so that no more students wait in vain.

    What expires during a pause is not counted: the mentor had said that they are away. Any answer, and
    nothing else, starts the count again: after a pause that ended by itself the next silence begins another.
    """
    if is_paused(paused_until, now):
        return Silence(ignored, None)
    ignored += 1
    return Silence(ignored, now + PAUSE if ignored >= most else None)
