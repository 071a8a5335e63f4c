"""The life of a match: a student and a mentor who work together."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from core.rules.errors import DomainError


class MatchState(StrEnum):
    """Where a match stands."""

    PENDING = "pending"  # decided, and not yet told to the pair
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"  # they reached what they wanted, or the programme's end
    ENDED = "ended"  # stopped before that, without blame


class Origin(StrEnum):
    """How a match came about."""

    BATCH = "batch"
    MANUAL = "manual"
    COHORT = "cohort"
    QUESTION = "question"


LIVE = frozenset({MatchState.PENDING, MatchState.ACTIVE, MatchState.PAUSED})

MOVES: Mapping[MatchState, frozenset[MatchState]] = {
    MatchState.PENDING: frozenset({MatchState.ACTIVE, MatchState.ENDED}),
    MatchState.ACTIVE: frozenset({MatchState.PAUSED, MatchState.COMPLETED, MatchState.ENDED}),
    MatchState.PAUSED: frozenset({MatchState.ACTIVE, MatchState.COMPLETED, MatchState.ENDED}),
    MatchState.COMPLETED: frozenset(),
    MatchState.ENDED: frozenset(),
}


PAUSES: Mapping[str, timedelta] = {
    "2 weeks": timedelta(weeks=2),
    "1 month": timedelta(days=30),
    "3 months": timedelta(days=91),
}
"""How long a pair may pause, as people read it. A pause ends by itself."""


class EndReason(StrEnum):
    """Why one side ends a match, as they read it. For staff alone."""

    REACHED = "We have reached what we wanted"
    NO_TIME = "Too little time"
    NO_FIT = "Not the right fit"
    NO_ANSWER = "No answer from the other side"
    OTHER = "Other"


class MatchOver(DomainError):
    """The match is over, so nothing becomes of it any more; `state` says how it ended."""

    code = "match_over"


class NoSuchMove(DomainError):
    """The match runs, but cannot do this as it stands; `state` says how it stands."""

    code = "no_such_move"


def move(state: MatchState, target: MatchState) -> MatchState:
    """The next state of a match. Raises `MatchOver` or `NoSuchMove` where docs/states.md draws no such move."""
    require_live(state)
    if target not in MOVES[state]:
        raise NoSuchMove(state=state, wanted=target)
    return target


def require_live(state: MatchState) -> None:
    """Refuse what only a running match can do."""
    if state not in LIVE:
        raise MatchOver(state=state)


def pause_is_over(paused_until: datetime | None, now: datetime) -> bool:
    """Whether a pause has come to its date. It is over at its end."""
    return paused_until is not None and paused_until <= now
