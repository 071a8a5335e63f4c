"""What a person wants to hear, and when. What is not optional reaches everybody (`core.notifications.MANNERS`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any
from uuid import UUID

from core.models import User
from core.rules.attention import QuietHours
from core.rules.errors import NotFound
from core.rules.roles import Role
from core.services.people import lock_user
from core.services.policies import current_policies
from core.uow import Reading, Work

MUTED, QUIET, ASIDE = "muted", "quiet_hours", "off_leaderboard"


@dataclass(frozen=True)
class Preferences:
    """When a person wants no unasked messages, whether they want those that are optional, and whether others see them
    on the leaderboard: None for who is no mentor, and is not asked.
    """

    quiet: QuietHours
    optional: bool
    on_leaderboard: bool | None = None


def preferences_of(reading: Reading, person_id: UUID) -> Preferences:
    """What a person wants, as they said or as is usual."""
    user = _user(reading, person_id)
    told = user.preferences
    on_leaderboard = not stands_aside(told) if Role.MENTOR in user.roles else None
    return Preferences(quiet_hours(told, current_policies(reading).quiet), not wants_no_more(told), on_leaderboard)


def save_preferences(work: Work, person_id: UUID, wanted: Preferences) -> None:
    """Keep what a person wants. It holds for all that has not gone out yet."""
    set_quiet_hours(work, person_id, wanted.quiet)
    (unmute if wanted.optional else mute)(work, person_id)
    if wanted.on_leaderboard is not None:
        show_on_leaderboard(work, person_id, shown=wanted.on_leaderboard)


def mute(work: Work, person_id: UUID) -> None:
    """Send a person nothing any more that is optional."""
    _change(work, person_id, {MUTED: True})


def unmute(work: Work, person_id: UUID) -> None:
    """Send a person optional messages again."""
    _change(work, person_id, {MUTED: False})


def show_on_leaderboard(work: Work, person_id: UUID, *, shown: bool) -> None:
    """Let others see a person on the leaderboard, or not. They themselves always see their own line."""
    _change(work, person_id, {ASIDE: not shown})


def set_quiet_hours(work: Work, person_id: UUID, quiet: QuietHours) -> None:
    """Keep unasked messages out of these hours of the person's day."""
    _change(work, person_id, {QUIET: [quiet.start.isoformat(), quiet.end.isoformat()]})


def wants_no_more(preferences: Mapping[str, Any]) -> bool:
    """Whether these preferences say that nothing optional is wanted."""
    return bool(preferences.get(MUTED))


def stands_aside(preferences: Mapping[str, Any]) -> bool:
    """Whether these preferences say that others are not to see the person on the leaderboard."""
    return bool(preferences.get(ASIDE))


def quiet_hours(preferences: Mapping[str, Any], usual: QuietHours) -> QuietHours:
    """The quiet hours of these preferences, or the usual ones if they say nothing."""
    match preferences.get(QUIET):
        case [str() as start, str() as end]:
            return QuietHours(time.fromisoformat(start), time.fromisoformat(end))
        case _:
            return usual


def _change(work: Work, person_id: UUID, change: Mapping[str, Any]) -> None:
    user = lock_user(work, person_id)
    user.preferences = {**user.preferences, **change}


def _user(reading: Reading, person_id: UUID) -> User:
    user = reading.session.get(User, person_id)
    if user is None:
        raise NotFound(person_id=person_id)
    return user
