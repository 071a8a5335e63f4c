"""The life of a match: a student and a mentor who work together."""

from enum import StrEnum


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
