"""What a person wants to hear."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from core.models import User
from core.rules.errors import NotFound
from core.uow import Reading, Work

MUTED = "muted"


def mute(work: Work, person_id: UUID) -> None:
    """Send a person nothing any more that is optional."""
    _change(work, person_id, {MUTED: True})


def is_muted(reading: Reading, person_id: UUID) -> bool:
    """Whether a person wants nothing that is optional."""
    return bool(_user(reading, person_id).preferences.get(MUTED))


def _change(work: Work, person_id: UUID, change: Mapping[str, Any]) -> None:
    user = _user(work, person_id)
    user.preferences = {**user.preferences, **change}


def _user(reading: Reading, person_id: UUID) -> User:
    user = reading.session.get(User, person_id)
    if user is None:
        raise NotFound(person_id=person_id)
    return user
