"""What staff ask of the workers that know the model: pairs to score, a cohort to match, weights to try.

A run is asked for, comes back with what was found, and is used once or dropped. It changes nothing by itself: only
who uses it does, and by then the hard rules are checked again.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from core.rules.errors import DomainError

ASK_AGAIN = timedelta(minutes=2)
"""A run that nobody has answered for so long was lost with its worker, and is asked for again."""
GIVE_UP = timedelta(minutes=30)
KEPT = timedelta(days=90)
"""How long a run is kept that came to nothing."""


class RunKind(StrEnum):
    """What a run computes."""

    MANUAL = "manual"  # mentors for one student, each with score, reasons, and the rules against them
    COHORT = "cohort"  # who gets whom in a whole intake
    WEIGHTS = "weights"  # whom recent requests would have gone to with other weights


class RunState(StrEnum):
    """Where a run stands."""

    ASKED = "asked"
    READY = "ready"
    FAILED = "failed"
    USED = "used"  # matches or offers came of it, or a new version of the weights
    DROPPED = "dropped"


MOVES: Mapping[RunState, frozenset[RunState]] = {
    RunState.ASKED: frozenset({RunState.READY, RunState.FAILED, RunState.DROPPED}),
    RunState.READY: frozenset({RunState.USED, RunState.DROPPED}),
    RunState.FAILED: frozenset(),
    RunState.USED: frozenset(),
    RunState.DROPPED: frozenset(),
}


class RunMoved(DomainError):
    """The run does not stand where this could be done; `state` says where it does."""

    code = "run_moved"


def move(state: RunState, target: RunState) -> RunState:
    """The next state of a run. Raises `RunMoved`."""
    if target not in MOVES[state]:
        raise RunMoved(state=state, wanted=target)
    return target
