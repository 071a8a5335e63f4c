"""Times and steps as people type them on the command line."""

import argparse
import re
from datetime import UTC, datetime, timedelta

EXAMPLE = "2030-01-31T09:00+00:00"
UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
DAYS = re.compile(r"[1-9]\d{0,4}")
STEP = re.compile(r"([1-9]\d{0,4})([mhd])")


def moment(given: str) -> datetime:
    """A time in ISO 8601 with its zone, in UTC."""
    try:
        found = datetime.fromisoformat(given)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{given!r} is no time: write it as in {EXAMPLE}") from None
    if found.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{given!r} says no time zone: write it as in {EXAMPLE}")
    try:
        return found.astimezone(UTC)
    except OverflowError:
        raise argparse.ArgumentTypeError(f"{given!r} lies too far away") from None


def step(given: str) -> timedelta:
    """A length of time such as `30m`, `1h` or `2d`."""
    found = STEP.fullmatch(given)
    if not found:
        raise argparse.ArgumentTypeError(f"{given!r} is no length of time: write it as in 30m, 1h or 2d")
    return int(found[1]) * UNITS[found[2]]


def days(given: str) -> timedelta:
    """A number of days, at least one."""
    if not DAYS.fullmatch(given):
        raise argparse.ArgumentTypeError(f"{given!r} is no number of days: write it as in 90")
    return timedelta(days=int(given))
