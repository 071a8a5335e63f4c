"""How much each criterion counts: a setting that staff may change, in numbered versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from core.rules.scores import DEFAULT_WEIGHTS, DEFAULT_WEIGHTS_VERSION, Criterion

ALL_TOGETHER = 100


@dataclass(frozen=True)
class Weights:
    """Points out of 100 for each criterion. Versions that were stored count from 1."""

    version: int
    points: Mapping[Criterion, int]

    def as_json(self) -> dict[str, int]:
        """The form in which they are stored, as a setting and with every batch."""
        return {criterion.value: points for criterion, points in self.points.items()}

    @classmethod
    def from_json(cls, version: int, stored: Mapping[str, Any]) -> Self:
        """Read what `as_json` wrote. Raises `ValueError` unless all six are there, none below 0, in all 100."""
        points = {criterion: stored.get(criterion.value) for criterion in Criterion}
        sane = all(type(each) is int and each >= 0 for each in points.values()) and len(stored) == len(points)
        if not sane or sum(stored.values()) != ALL_TOGETHER:
            raise ValueError(f"version {version} of the weights is not {ALL_TOGETHER} points for {list(Criterion)}")
        return cls(version, {criterion: int(stored[criterion.value]) for criterion in Criterion})


DEFAULT = Weights(DEFAULT_WEIGHTS_VERSION, DEFAULT_WEIGHTS)
