"""The life of an offer: one mentor asked about one student."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from core.rules.errors import DomainError

OFFERS_PER_WAVE = 3
OFFERS_PER_PLACE = 2
OFFER_TIME = timedelta(hours=72)
REMIND_BEFORE = timedelta(hours=24)


class OfferState(StrEnum):
    """Where an offer stands. All but OPEN are final."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN = "taken"  # another mentor was first
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"  # taken back: it was no answer, and the mentor may be asked again


MOVES: Mapping[OfferState, frozenset[OfferState]] = {
    state: frozenset(OfferState) - {OfferState.OPEN} if state is OfferState.OPEN else frozenset()
    for state in OfferState
}


class BatchState(StrEnum):
    """Where a wave of offers stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    FAILED = "failed"  # everybody asked said no or nothing
    WITHDRAWN = "withdrawn"


class DeclineReason(StrEnum):
    """Why a mentor says no, as mentors read it."""

    NO_TIME = "No time now"
    NOT_MY_FIELD = "Not my field"
    KNOW_PERSON = "Know this person"
    OTHER = "Other"


class OfferClosed(DomainError):
    """The offer has already ended; `state` says how."""

    code = "offer_closed"


class NoRoom(DomainError):
    """The mentor has as many mentees as they want at a time."""

    code = "no_room"


def require_open(state: OfferState) -> None:
    """Refuse what is only done about an open offer."""
    if state is not OfferState.OPEN:
        raise OfferClosed(state=state)


def decide(state: OfferState, deadline: datetime, now: datetime) -> None:
    """Refuse an answer to an offer that has ended. At the deadline itself an answer still counts."""
    require_open(state)
    if now > deadline:
        raise OfferClosed(state=OfferState.EXPIRED)


def move(old: OfferState, new: OfferState) -> OfferState:
    """End an open offer in one of the five ways. What has ended stays as it is."""
    if new not in MOVES[old]:
        raise OfferClosed(state=old)
    return new


def remind_at(deadline: datetime, before: timedelta = REMIND_BEFORE) -> datetime:
    """When a mentor who has not answered is reminded, once: a day before the deadline, wherever that has moved to."""
    return deadline - before


def require_room(current: int, most: int) -> None:
    """Refuse one mentee more than the mentor wants."""
    if current >= most:
        raise NoRoom(current=current, most=most)
