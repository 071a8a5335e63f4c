"""What a person wants to hear, and when. What is not optional reaches everybody (`core.notifications.MANNERS`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any
from uuid import UUID

from core.models import User
from core.rules.attention import QuietHours
from core.rules.errors import NotFound
from core.uow import Reading, Work

MUTED, QUIET = "muted", "quiet_hours"


@dataclass(frozen=True)
class Preferences:
    """When a person wants no unasked messages, and whether they want those that are optional."""

    quiet: QuietHours
    optional: bool


def preferences_of(reading: Reading, person_id: UUID) -> Preferences:
    """What a person wants, as they said or as is usual."""
    told = _user(reading, person_id).preferences
    return Preferences(quiet_hours(told), not wants_no_more(told))


def save_preferences(work: Work, person_id: UUID, wanted: Preferences) -> None:
    """Keep what a person wants. It holds for all that has not gone out yet."""
    set_quiet_hours(work, person_id, wanted.quiet)
    (unmute if wanted.optional else mute)(work, person_id)


def mute(work: Work, person_id: UUID) -> None:
    """Send a person nothing any more that is optional."""
    _change(work, person_id, {MUTED: True})


def unmute(work: Work, person_id: UUID) -> None:
    """Send a person optional messages again."""
    _change(work, person_id, {MUTED: False})


def is_muted(reading: Reading, person_id: UUID) -> bool:
    """Whether a person wants nothing that is optional."""
    return wants_no_more(_user(reading, person_id).preferences)


def set_quiet_hours(work: Work, person_id: UUID, quiet: QuietHours) -> None:
    """Keep unasked messages out of these hours of the person's day."""
    _change(work, person_id, {QUIET: [quiet.start.isoformat(), quiet.end.isoformat()]})


def wants_no_more(preferences: Mapping[str, Any]) -> bool:
    """Whether these preferences say that nothing optional is wanted."""
    return bool(preferences.get(MUTED))


def quiet_hours(preferences: Mapping[str, Any]) -> QuietHours:
    """The quiet hours of these preferences: 21:00 to 8:00 unless they say otherwise."""
    match preferences.get(QUIET):
        case [str() as start, str() as end]:
            return QuietHours(time.fromisoformat(start), time.fromisoformat(end))
        case _:
            return QuietHours()


def _change(work: Work, person_id: UUID, change: Mapping[str, Any]) -> None:
    user = _user(work, person_id)
    user.preferences = {**user.preferences, **change}


def _user(reading: Reading, person_id: UUID) -> User:
    user = reading.session.get(User, person_id)
    if user is None:
        raise NotFound(person_id=person_id)
    return user
