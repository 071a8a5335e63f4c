"""How long staff stay signed in, and which sign-in links open the door. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LINK_LASTS = timedelta(minutes=10)
IDLE = timedelta(hours=2)
"""After so long without a page, a session is over: the screen may have been left to somebody else."""
AT_MOST = timedelta(hours=12)
"""So long a session lasts at the most, however busy."""


class Refusal(StrEnum):
    """Why a sign-in link opens nothing."""

    UNKNOWN = "unknown"
    USED = "used"
    EXPIRED = "expired"
    NOT_STAFF = "not_staff"


class Ending(StrEnum):
    """How a session came to its end."""

    SIGNED_OUT = "signed_out"
    REPLACED = "replaced"  # the same browser signed in once more
    IDLE = "idle"
    TOO_LONG = "too_long"
    NOT_STAFF = "not_staff"  # no admin any more, or gone


@dataclass(frozen=True)
class LinkFacts:
    """What is known of a sign-in link."""

    expires_at: datetime
    used: bool
    is_staff: bool  # whether the person it was made for is staff at this moment


def refusal(link: LinkFacts, now: datetime) -> Refusal | None:
    """Why this link opens nothing, or None. It works once, for ten minutes, for that person while they are staff."""
    if link.used:
        return Refusal.USED
    if now >= link.expires_at:
        return Refusal.EXPIRED
    return None if link.is_staff else Refusal.NOT_STAFF


def ending(started_at: datetime, seen_at: datetime, now: datetime, *, is_staff: bool) -> Ending | None:
    """Why this session is over by now, or None."""
    if not is_staff:
        return Ending.NOT_STAFF
    if now >= started_at + AT_MOST:
        return Ending.TOO_LONG
    return Ending.IDLE if now >= seen_at + IDLE else None
