"""The life of a match: a student and a mentor who work together."""

from collections.abc import Mapping
from enum import StrEnum

from core.rules.errors import DomainError


class MatchState(StrEnum):
    """Where a match stands."""

    PENDING = "pending"
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    ENDED = "ended"


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


class MatchClosed(DomainError):
    """The match is not in a state that allows this."""

    code = "match_closed"


def move(old: MatchState, new: MatchState) -> MatchState:
    """Go to another state, if that is an allowed move."""
    if new not in MOVES[old]:
        raise MatchClosed(state=old)
    return new
