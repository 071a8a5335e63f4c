"""What a pair wants to reach and how often they meet: one side proposes, and it holds once both agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Self
from uuid import UUID

from core.rules.errors import DomainError, InvalidFields
from core.rules.profiles import TEXT, tidy
from core.rules.texts import keep_under

CADENCES: Mapping[str, int] = {"week": 7, "2 weeks": 14, "3 weeks": 21, "month": 30, "2 months": 60}
"""How often a pair may want to meet, in days, as people read it after "every"."""


class NothingProposed(DomainError):
    """Nobody has proposed goals yet, so there is nothing to agree to."""

    code = "nothing_proposed"


class ProposalChanged(DomainError):
    """What the person read when they agreed is no longer what is proposed."""

    code = "proposal_changed"


class OwnProposal(DomainError):
    """Who proposed waits for the other side: nobody agrees to themselves."""

    code = "own_proposal"


@dataclass(frozen=True)
class Agreement:
    """Goals and cadence as they stand. `agreed_by` are those who agree, the proposer first."""

    goals: str = ""
    cadence_days: int | None = None
    agreed_by: tuple[UUID, ...] = ()
    agreed_at: datetime | None = None  # when the second of the two agreed

    @property
    def version(self) -> str:
        """Tells one proposal from another: a button carries it, so that nobody agrees to what they have not read."""
        said = f"{self.cadence_days} {self.goals}"
        return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:12]

    @property
    def every(self) -> str:
        """`2 weeks`: how often they meet, to be read after "every"; empty while nothing is proposed."""
        if self.cadence_days is None:
            return ""
        days = f"{self.cadence_days} days"
        return next((name for name, number in CADENCES.items() if number == self.cadence_days), days)

    @property
    def is_open(self) -> bool:
        """Whether a proposal waits for the other side."""
        return bool(self.goals) and self.agreed_at is None

    def proposed(self, person_id: UUID, goals: str, cadence_days: int, now: datetime) -> Self:
        """One side proposes, or changes what was agreed: the other is asked again.

        To propose what the other side has proposed is to agree. Raises `InvalidFields`.
        """
        goals = tidy(goals)
        if problems := _problems(goals, cadence_days):
            raise InvalidFields(problems)
        if (goals, cadence_days) == (self.goals, self.cadence_days):
            return self if person_id in self.agreed_by else self.agreed(person_id, now)
        return type(self)(goals, cadence_days, (person_id,))

    def agreed(self, person_id: UUID, now: datetime, version: str = "") -> Self:
        """One side agrees to what stands, of which `version` was read. To agree twice changes nothing.

        Raises `NothingProposed`, `ProposalChanged` or `OwnProposal`.
        """
        if not self.goals:
            raise NothingProposed
        if version and version != self.version:
            raise ProposalChanged
        if person_id in self.agreed_by and self.is_open:
            raise OwnProposal
        if person_id in self.agreed_by:
            return self
        return type(self)(self.goals, self.cadence_days, (*self.agreed_by, person_id), now if self.agreed_by else None)


NOT_YET = Agreement()
"""Nothing is proposed yet."""


def _problems(goals: str, cadence_days: int) -> dict[str, str]:
    problems = {}
    if not goals:
        problems["goals"] = "Please write what you want to reach, in a sentence or two."
    elif len(goals) > TEXT:
        problems["goals"] = keep_under(TEXT)
    if cadence_days not in CADENCES.values():
        problems["cadence"] = "Please choose how often you want to meet."
    return problems
