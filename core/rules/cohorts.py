"""A cohort: an intake of students that is looked at and matched together.

A request joins the one cohort in whose days it was made; where two overlap, staff decide. It goes on like any other
request meanwhile: nobody waits for the intake to be complete.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.rules.eligibility import Refusal
from core.rules.errors import DomainError, InvalidFields
from core.rules.offers import OFFERS_PER_PLACE
from core.rules.profiles import tidy
from core.rules.requests import RequestState

NAME = 80
"""Characters of a cohort's name."""
ALTERNATIVES = 8
"""Mentors kept for a student besides the one who was chosen."""
UNMATCHED = frozenset({RequestState.SEARCHING, RequestState.WAITING, RequestState.STAFF})
"""Requests that a run takes in by itself; where mentors have been asked, staff decide whether to take these back."""


class PublishAs(StrEnum):
    """What becomes of the chosen pairs."""

    OFFERS = "offers"  # each chosen mentor is asked, as a wave of one
    MATCHES = "matches"  # the two are introduced at once


class LeftOut(StrEnum):
    """Why a chosen pair was not published, besides the hard rules."""

    CLOSED = "request closed"
    ASKED = "mentors asked meanwhile"
    GONE = "no profile any more"


class CohortInUse(DomainError):
    """A cohort that requests or matches belong to stays."""

    code = "cohort_in_use"


class NobodyToMatch(DomainError):
    """No open request is there for a run."""

    code = "nobody_to_match"


class NoPlaceInPlan(DomainError):
    """All places of the mentor are given to others in this plan; `taken_by` are their students."""

    code = "no_place_in_plan"


class PairRefused(DomainError):
    """A hard rule forbids the two; `refusals` says which."""

    code = "pair_refused"


@dataclass(frozen=True)
class Intake:
    """A cohort's days: from the first moment of its first day until the last day is over. Either may be missing."""

    id: UUID
    since: datetime | None
    until: datetime | None

    def runs_at(self, moment: datetime) -> bool:
        """Whether requests made at this moment are of this intake. Without both days nobody joins by themselves."""
        return self.since is not None and self.until is not None and self.since <= moment < self.until


def joins(intakes: Iterable[Intake], moment: datetime) -> UUID | None:
    """The cohort that a request made at this moment belongs to: the only one that runs, else none."""
    running = [one.id for one in intakes if one.runs_at(moment)]
    return running[0] if len(running) == 1 else None


def checked_name(name: str) -> str:
    """A cohort's name as it is kept. Raises `InvalidFields`."""
    name = tidy(name)
    if not name:
        raise InvalidFields({"name": "Please give the cohort a name, such as Spring 2031."})
    if len(name) > NAME or "\n" in name or '"' in name:
        raise InvalidFields({"name": f"Please keep the name to one line of at most {NAME} characters, without quotes."})
    return name


def check_days(since: datetime | None, until: datetime | None) -> None:
    """Refuse a cohort that ends before it begins, and one with only one of its days."""
    if (since is None) != (until is None):
        raise InvalidFields({"days": "Please give both the first and the last day, or neither."})
    if since is not None and until is not None and until <= since:
        raise InvalidFields({"days": "The last day lies before the first."})


def places(free: int, asked_elsewhere: int, per_place: int = OFFERS_PER_PLACE) -> int:
    """How many students of an intake a mentor can take: the free places, as far as nobody else was asked for them.

    A mentor may stand in `per_place` offers for each free place, so what students outside of the intake have taken of
    that room is theirs.
    """
    return max(0, min(free, free * per_place - asked_elsewhere))


@dataclass(frozen=True)
class Totals:
    """What an assignment comes to: the sum of its scores, and how many students get a mentor."""

    points: float
    students: int

    def as_json(self) -> dict[str, float | int]:
        """The form in which it is stored with a run."""
        return {"points": round(self.points, 2), "students": self.students}

    @classmethod
    def from_json(cls, stored: Mapping[str, float]) -> "Totals":
        """Read what `as_json` wrote."""
        return cls(float(stored["points"]), int(stored["students"]))


FOR_A_MATCH = frozenset(set(Refusal) - {Refusal.EXPOSURE})
"""The hard rules for a pair that is introduced at once: nobody is asked, so what a mentor is asked for besides is no
reason. Offers beyond what the mentor then has room for are taken back."""
