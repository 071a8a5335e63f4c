"""Moments on the reader's own clock, named so that nobody has to guess whose it is."""

from datetime import datetime

from core.words import moment, place_or_time


def moment_there(when: datetime, tz: str) -> str:
    """`Thursday 4 March, 13:00 (Amsterdam time)`."""
    return f"{moment(when, tz)} ({place_or_time(tz)})"


def day_there(when: datetime, tz: str) -> str:
    """`Thursday 4 March`, on this person's calendar."""
    return moment(when, tz).partition(",")[0]
