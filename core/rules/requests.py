"""The life of a mentor request: its states, the moves between them, and what comes next at each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.rules.errors import DomainError

MAX_WAVES = 3
OFFER_TIME = timedelta(hours=72)
SEARCH_TIME = timedelta(minutes=1)
RETRY_TIME = timedelta(hours=24)


class RequestState(StrEnum):
    """Where a request stands."""

    SEARCHING = "searching"  # a worker looks for three mentors
    OFFERED = "offered"  # mentors have been asked
    WAITING = "waiting"  # nobody fits and has room today: tried again by itself
    STAFF = "staff"  # all waves went unanswered: a person on staff has it
    MATCHED = "matched"
    CANCELLED = "cancelled"


OPEN = frozenset({RequestState.SEARCHING, RequestState.OFFERED, RequestState.WAITING, RequestState.STAFF})

MOVES: Mapping[RequestState, frozenset[RequestState]] = {
    RequestState.SEARCHING: frozenset(
        {
            RequestState.OFFERED,
            RequestState.WAITING,
            RequestState.STAFF,
            RequestState.MATCHED,
            RequestState.CANCELLED,
        }
    ),
    RequestState.OFFERED: frozenset(
        {RequestState.SEARCHING, RequestState.STAFF, RequestState.MATCHED, RequestState.CANCELLED}
    ),
    RequestState.WAITING: frozenset({RequestState.SEARCHING, RequestState.MATCHED, RequestState.CANCELLED}),
    RequestState.STAFF: frozenset({RequestState.SEARCHING, RequestState.MATCHED, RequestState.CANCELLED}),
    RequestState.MATCHED: frozenset(),
    RequestState.CANCELLED: frozenset(),
}


class NextStep(StrEnum):
    """What happens next to a request, and with it who has to act."""

    SEARCH = "search"  # the service looks for mentors
    ANSWER = "answer"  # the asked mentors answer
    RETRY = "retry"  # the service looks again
    STAFF = "staff"  # staff step in
    NONE = "none"  # it is over


class RequestClosed(DomainError):
    """The request is no longer open, so this cannot be done to it."""

    code = "request_closed"


class RequestAlreadyOpen(DomainError):
    """A student has one open request at a time."""

    code = "request_already_open"


@dataclass(frozen=True)
class Position:
    """State of a request with its next step and the moment of that step."""

    state: RequestState
    next_step: NextStep
    next_step_at: datetime | None


def move(old: RequestState, new: RequestState, now: datetime) -> Position:
    """Go to another state, if that is an allowed move. Every open state has a next step with a date."""
    if new not in MOVES[old]:
        raise RequestClosed(state=old)
    return position(new, now)


def position(state: RequestState, now: datetime) -> Position:
    """The next step of a state entered now, and when it comes."""
    match state:
        case RequestState.SEARCHING:
            return Position(state, NextStep.SEARCH, now + SEARCH_TIME)
        case RequestState.OFFERED:
            return Position(state, NextStep.ANSWER, now + OFFER_TIME)
        case RequestState.WAITING:
            return Position(state, NextStep.RETRY, now + RETRY_TIME)
        case RequestState.STAFF:
            return Position(state, NextStep.STAFF, now + RETRY_TIME)
        case RequestState.MATCHED | RequestState.CANCELLED:
            return Position(state, NextStep.NONE, None)


def after_wave_failed(waves_used: int) -> RequestState:
    """Where a request goes when a whole wave said no: another wave, or after the last one, staff."""
    return RequestState.SEARCHING if waves_used < MAX_WAVES else RequestState.STAFF
