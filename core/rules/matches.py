"""The life of a match: a student and a mentor who work together."""

from collections.abc import Mapping
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


class MatchOver(DomainError):
    """The match cannot do this as it stands; `state` says how it stands."""

    code = "match_over"


def move(state: MatchState, target: MatchState) -> MatchState:
    """The next state of a match. Raises `MatchOver` where the drawing in docs/states.md has no such move."""
    if target not in MOVES[state]:
        raise MatchOver(state=state, wanted=target)
    return target
