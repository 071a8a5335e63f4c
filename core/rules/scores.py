"""What a score is made of: criteria, their weights, points, and the words for them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from math import floor
from typing import Any, Self


class Criterion(StrEnum):
    """What a pair is compared by. A new one comes last: shares are stored in this order."""

    GOALS = "career goals"
    EXPERTISE = "industry and expertise"
    RESEARCH = "research interests"
    SKILLS = "technical skills"
    LOCATION = "location"
    COMMUNICATION = "communication"


DEFAULT_WEIGHTS: Mapping[Criterion, int] = {
    Criterion.GOALS: 30,
    Criterion.EXPERTISE: 25,
    Criterion.RESEARCH: 20,
    Criterion.SKILLS: 15,
    Criterion.LOCATION: 5,
    Criterion.COMMUNICATION: 5,
}
DEFAULT_WEIGHTS_VERSION = 0  # stored settings count from 1

CIRCUMSTANCES = frozenset({Criterion.LOCATION, Criterion.COMMUNICATION})
"""Compared by a rule, from what was picked or is known of the account. All else was written, and may be quoted."""

TOPICS = frozenset(Criterion) - CIRCUMSTANCES
"""What two people can talk about."""

STRONG, GOOD = 70.0, 50.0


@dataclass(frozen=True)
class CriterionScore:
    """How one pair does by one criterion, and the two phrases that made it, as both wrote them.

    `weight` is its part of 100 for this pair: what one side left empty is not counted (weight 0), and
    its weight is shared among the rest. `share` lies in [0, 1]; `points` is weight times share. A phrase is
    a passage or a tag; where both have tags in common, it is up to three of these, with commas between.
    `lowered_for` names the industries for which the mentor has said "Not my field": no student reads it.
    """

    criterion: Criterion
    weight: float
    share: float
    points: float
    student_phrase: str = ""
    mentor_phrase: str = ""
    lowered_for: str = ""

    @property
    def counted(self) -> bool:
        """Whether both sides said something to compare, and it has a weight."""
        return self.weight > 0

    @property
    def left_empty(self) -> bool:
        """Whether it was left out as one side said nothing. What else does not count has no weight."""
        return not self.counted and not self.share

    @property
    def same_words(self) -> bool:
        """Whether both wrote the same, capitals aside."""
        return self.student_phrase.casefold() == self.mentor_phrase.casefold()

    def as_json(self) -> dict[str, Any]:
        """The form in which it is stored with an offer."""
        return asdict(self) | {"criterion": self.criterion.value}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read what `as_json` wrote."""
        return cls(**{**stored, "criterion": Criterion(stored["criterion"])})


def telling(criteria: Iterable[CriterionScore]) -> Sequence[CriterionScore]:
    """The criteria that can be told as a reason, the weightiest first: points, and a phrase from each side."""
    told = [part for part in criteria if part.points > 0 and part.student_phrase and part.mentor_phrase]
    return sorted(told, key=lambda part: -part.points)


def counted_weights(weights: Mapping[Criterion, int], counted: Collection[Criterion]) -> dict[Criterion, float]:
    """The weights when only these criteria count: in proportion, with two decimals, in all 100 or 0."""
    whole = sum(weights[criterion] for criterion in counted)
    shared = {
        criterion: floor(weight * 10_000 / whole) / 100 if criterion in counted and whole else 0.0
        for criterion, weight in weights.items()
    }
    if whole:
        heaviest = max(shared, key=lambda criterion: shared[criterion])
        shared[heaviest] = round(shared[heaviest] + 100 - sum(shared.values()), 2)
    return shared


Shares = Mapping[Criterion, float | None]
"""How alike two people are by each criterion, from 0 to 1; None where one side said nothing. No weight changes it."""


def shares_as_json(shares: Shares) -> list[float | None]:
    """The form in which they are stored with a wave: in the order of the criteria."""
    return [shares.get(criterion) for criterion in Criterion]


def shares_from_json(stored: Sequence[float | None]) -> Shares:
    """Read what `shares_as_json` wrote. A criterion that is newer than these is not among them."""
    return dict(zip(list(Criterion)[: len(stored)], stored, strict=True))


def weighed(shares: Shares, weights: Mapping[Criterion, int]) -> float:
    """The score that these shares make with other weights: what the rubric would give, without comparing again."""
    counted = counted_weights(weights, {criterion for criterion, share in shares.items() if share is not None})
    return round(sum(round(counted[criterion] * share, 2) for criterion, share in shares.items() if share), 2)


def total(parts: Iterable[CriterionScore]) -> float:
    """Points out of 100: the sum of the parts' points, which have two decimals."""
    return round(sum(part.points for part in parts), 2)


def word(points: float) -> str:
    """One plain word for points out of 100. It is no probability."""
    if points >= STRONG:
        return "strong"
    return "good" if points >= GOOD else "possible"
