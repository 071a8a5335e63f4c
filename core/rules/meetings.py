"""The life of a meeting: proposed, planned, held or not."""

from collections.abc import Mapping
from enum import StrEnum

from core.rules.errors import DomainError

MOST_MINUTES = 24 * 60


class MeetingState(StrEnum):
    """How sure a meeting is."""

    PROPOSED = "proposed"  # one side named times, the other has not picked one
    PLANNED = "planned"
    HELD = "held"
    MISSED = "missed"  # it was planned, and did not take place
    CANCELLED = "cancelled"  # called off, or no time was picked


MOVES: Mapping[MeetingState, frozenset[MeetingState]] = {
    MeetingState.PROPOSED: frozenset({MeetingState.PLANNED, MeetingState.CANCELLED}),
    MeetingState.PLANNED: frozenset({MeetingState.HELD, MeetingState.MISSED, MeetingState.CANCELLED}),
    MeetingState.MISSED: frozenset({MeetingState.HELD}),  # the other side knows better
    MeetingState.HELD: frozenset(),
    MeetingState.CANCELLED: frozenset(),
}


class MeetingClosed(DomainError):
    """The meeting cannot do this as it stands; `state` says how it stands."""

    code = "meeting_closed"


class MeetingBegun(DomainError):
    """What has begun is not called off any more."""

    code = "meeting_begun"


class MeetingToCome(DomainError):
    """Nobody knows yet whether a meeting takes place that is still to begin."""

    code = "meeting_to_come"


class TimePassed(DomainError):
    """The time that was picked is over."""

    code = "time_passed"


def move(state: MeetingState, target: MeetingState) -> MeetingState:
    """The next state of a meeting. Raises `MeetingClosed` where the drawing in docs/meetings.md has no such move."""
    if target not in MOVES[state]:
        raise MeetingClosed(state=state, wanted=target)
    return target
