"""The life of a mentor request: its states, the moves between them, and what comes next at each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.rules.errors import DomainError
from core.rules.offers import OFFER_TIME, OfferState

MAX_WAVES = 3
SEARCH_TIME = timedelta(minutes=1)
RETRY_TIME = timedelta(hours=24)
STAFF_AGAIN = timedelta(days=3)
EDITS_A_DAY = 2
A_DAY = timedelta(hours=24)


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
            RequestState.MATCHED,
            RequestState.CANCELLED,
        }
    ),
    RequestState.OFFERED: frozenset(
        {RequestState.SEARCHING, RequestState.STAFF, RequestState.MATCHED, RequestState.CANCELLED}
    ),
    RequestState.WAITING: frozenset(
        {RequestState.SEARCHING, RequestState.OFFERED, RequestState.MATCHED, RequestState.CANCELLED}
    ),
    RequestState.STAFF: frozenset({RequestState.OFFERED, RequestState.MATCHED, RequestState.CANCELLED}),
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


class Wanted(StrEnum):
    """How it goes with the mentor whom a student asked for by name."""

    FIRST = "first"  # to be asked before anybody else
    ASKED = "asked"
    PASSED = "passed"  # could not be asked when the first wave went out
    COULD_NOT = "could not"  # said no, or nothing


class RequestClosed(DomainError):
    """The request is no longer open, so this cannot be done to it."""

    code = "request_closed"


class RequestAlreadyOpen(DomainError):
    """A student has one open request at a time."""

    code = "request_already_open"


class EditedOften(DomainError):
    """Mentors have been asked anew twice within a day; `again_at` says when the next change can be made."""

    code = "edited_often"


@dataclass(frozen=True)
class Position:
    """State of a request with its next step and the moment of that step."""

    state: RequestState
    next_step: NextStep
    next_step_at: datetime | None


def require_open(state: RequestState) -> None:
    """Refuse what is only done about an open request."""
    if state not in OPEN:
        raise RequestClosed(state=state)


def move(old: RequestState, new: RequestState, now: datetime, offer_time: timedelta = OFFER_TIME) -> Position:
    """Go to another state, if that is an allowed move. Every open state has a next step with a date."""
    if new not in MOVES[old]:
        raise RequestClosed(state=old)
    return position(new, now, offer_time)


def position(state: RequestState, now: datetime, offer_time: timedelta = OFFER_TIME) -> Position:
    """The next step of a state entered now, and when it comes. Mentors who are asked have `offer_time` to answer."""
    match state:
        case RequestState.SEARCHING:
            return Position(state, NextStep.SEARCH, now + SEARCH_TIME)
        case RequestState.OFFERED:
            return Position(state, NextStep.ANSWER, now + offer_time)
        case RequestState.WAITING:
            return Position(state, NextStep.RETRY, now + RETRY_TIME)
        case RequestState.STAFF:
            return Position(state, NextStep.STAFF, now + RETRY_TIME)
        case RequestState.MATCHED | RequestState.CANCELLED:
            return Position(state, NextStep.NONE, None)


def renewed(state: RequestState, now: datetime) -> Position:
    """The same state with its next date, when the one before has passed: tried in vain, or staff had no time yet."""
    if state is RequestState.STAFF:
        return Position(state, NextStep.STAFF, now + STAFF_AGAIN)
    return position(state, now)


def may_edit(withdrawn: Sequence[datetime], now: datetime) -> None:
    """Refuse to take back a third wave within 24 hours: the same mentors would be asked again and again.

    `withdrawn` is when waves of this request were taken back. While nobody is asked, edits are free.
    """
    recent = sorted(moment for moment in withdrawn if moment > now - A_DAY)
    if len(recent) >= EDITS_A_DAY:
        raise EditedOften(again_at=recent[-EDITS_A_DAY] + A_DAY)


def wanted(offer: OfferState | None, waves_used: int) -> Wanted:
    """How it goes with a wanted mentor, by what became of their offer; one that was taken back is none."""
    match offer:
        case None | OfferState.WITHDRAWN:
            return Wanted.PASSED if waves_used else Wanted.FIRST
        case OfferState.OPEN | OfferState.ACCEPTED:
            return Wanted.ASKED
        case _:
            return Wanted.COULD_NOT


def after_wave_failed(waves_used: int, most: int = MAX_WAVES) -> RequestState:
    """Where a request goes when a whole wave said no: another wave, or after the last one, staff."""
    return RequestState.SEARCHING if waves_used < most else RequestState.STAFF
