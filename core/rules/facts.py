"""What the matching rules know of a profile, a mentor and a request: plain values, read on fresh rows."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from core.rules.offers import OFFERS_PER_PLACE
from core.rules.roles import PersonState
from core.rules.scores import CriterionScore, Shares
from core.taxonomy import BUILT_IN, Taxonomy


@dataclass(frozen=True)
class ProfileFacts:
    """What one person told in one role. Empty means unknown."""

    profile_id: UUID
    user_id: UUID
    headline: str = ""
    goals: str = ""
    about: str = ""
    industries: tuple[str, ...] = ()
    research: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    location: str = ""
    tz: str = ""
    meet: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    content_hash: str = ""
    not_my_field: tuple[str, ...] = ()  # industries of students whom this mentor lately declined for that reason

    def as_json(self) -> dict[str, Any]:
        """The form in which it is stored with a batch."""
        return asdict(self) | {"profile_id": str(self.profile_id), "user_id": str(self.user_id)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read what `as_json` wrote."""
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()
        }
        return cls(**values | {name: UUID(stored[name]) for name in ("profile_id", "user_id")})


@dataclass(frozen=True)
class MentorFacts:
    """A mentor as the hard rules see them."""

    profile: ProfileFacts
    state: PersonState
    max_mentees: int
    current_mentees: int
    open_offers: int
    paused_until: datetime | None = None
    offers_per_place: int = OFFERS_PER_PLACE  # what counts for offers made now

    @property
    def free_places(self) -> int:
        """How many more mentees the mentor wants now."""
        return max(0, self.max_mentees - self.current_mentees)


@dataclass(frozen=True)
class RequestFacts:
    """A request as the hard rules see it."""

    request_id: UUID
    student: ProfileFacts
    wish: str
    anything_else: str = ""
    must_share: tuple[str, ...] = ()
    excluded: frozenset[UUID] = frozenset()  # blocked, asked before, or a mentor of this student before
    taxonomy: Taxonomy = BUILT_IN  # what tags meant when the request was read
    wanted_mentor_id: UUID | None = None  # to be asked first, and alone, if they may be asked


@dataclass(frozen=True)
class Proposal:
    """A mentor found for a request, with the score that put them there.

    `shares` is how alike the two are by each of the six criteria, whatever these weigh: see `core.rules.scores.Shares`.
    It is empty for a proposal that was read from what went out.
    """

    mentor_id: UUID
    score: float
    criteria: tuple[CriterionScore, ...]
    shares: Shares = field(default_factory=dict, compare=False)
