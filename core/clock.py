"""The time as something that is passed in: rules and services never look at a clock themselves."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def stopped_at(moment: datetime) -> Clock:
    """A clock that always shows `moment`, which must have a time zone."""
    if moment.tzinfo is None:
        raise ValueError("a time needs a time zone, as in 2030-01-31T09:00+00:00")
    return lambda: moment
