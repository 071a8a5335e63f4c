"""Matches made by staff: what speaks against a pair, what of it staff may overrule, and how long they may take it back.

Places, pauses and exposure protect a mentor's time: staff may ask for more of it, for a reason that is kept. What two
people said about each other, and what a student asked for, holds for staff as well.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from core.rules.eligibility import Refusal, refusals
from core.rules.errors import DomainError
from core.rules.facts import MentorFacts, RequestFacts
from core.rules.matches import LIVE, MatchState, Origin

BEST = 8
"""Mentors whom a run proposes."""
MOST_NAMED = 2
"""Mentors whom a run looks at besides, whatever speaks against them."""
TAKE_BACK = timedelta(hours=1)


class Past(StrEnum):
    """What has been between two people and keeps them from being matched. Offers without a yes or a no are none."""

    APART = "kept apart"
    SAID_NO = "said no for good"  # any no but for lack of time
    MATCHED = "matched before"  # or now


MAY_OVERRULE = frozenset({Refusal.NO_ROOM, Refusal.EXPOSURE, Refusal.PAUSED})


class MayNotMatch(DomainError):
    """The two cannot be matched, by nobody; `objections` says why."""

    code = "may_not_match"


class NeedsOverruling(DomainError):
    """The mentor is full, paused or asked about many students; `objections` says which. Staff may overrule it."""

    code = "needs_overruling"


class TooLate(DomainError):
    """What staff made can no longer be taken back; the match can be ended."""

    code = "too_late"


def objections(
    mentor: MentorFacts, request: RequestFacts, past: Collection[Past], now: datetime
) -> tuple[Refusal | Past, ...]:
    """All that speaks against a match of these two. `past` says more exactly what a search only excludes."""
    broken = (each for each in refusals(mentor, request, now) if each is not Refusal.EXCLUDED)
    return (*broken, *sorted(past))


def require_allowed(against: Collection[Refusal | Past], *, overruled: bool) -> None:
    """Refuse what nobody may do, and what staff may do only if they say so."""
    if final := [each for each in against if each not in MAY_OVERRULE]:
        raise MayNotMatch(objections=tuple(final))
    if against and not overruled:
        raise NeedsOverruling(objections=tuple(against))


def may_take_back(origin: Origin, state: MatchState, started_at: datetime, now: datetime) -> bool:
    """Whether a match was made by staff a short while ago, and still runs."""
    return origin is Origin.MANUAL and state in LIVE and now - started_at <= TAKE_BACK


def require_recent(origin: Origin, state: MatchState, started_at: datetime, now: datetime) -> None:
    """Refuse to take back anything else."""
    if not may_take_back(origin, state, started_at, now):
        raise TooLate
