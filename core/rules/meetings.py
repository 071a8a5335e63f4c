"""The life of a meeting: proposed, planned, held or not."""

from collections.abc import Mapping
from enum import StrEnum

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
