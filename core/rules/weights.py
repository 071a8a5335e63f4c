"""How much each criterion counts: a setting that staff may change, in numbered versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from core.rules.errors import InvalidFields
from core.rules.scores import DEFAULT_WEIGHTS, DEFAULT_WEIGHTS_VERSION, Criterion

ALL_TOGETHER = 100
TOTAL = "total"
"""The field of what is wrong with all of them together."""


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
        """Read what `as_json` wrote. A criterion that is newer counts nothing in it.

        Raises `ValueError` unless all are known, none below 0, in all 100.
        """
        points = {criterion: stored.get(criterion.value, 0) for criterion in Criterion}
        sane = all(type(each) is int and each >= 0 for each in points.values()) and stored.keys() <= set(Criterion)
        if not sane or sum(points.values()) != ALL_TOGETHER:
            raise ValueError(f"version {version} of the weights is not {ALL_TOGETHER} points for {list(Criterion)}")
        return cls(version, points)


DEFAULT = Weights(DEFAULT_WEIGHTS_VERSION, DEFAULT_WEIGHTS)
"""The weights of the criteria that count now."""


@dataclass(frozen=True)
class Change:
    """One criterion that counts more or less than before."""

    criterion: Criterion
    before: int
    after: int


def checked(typed: Mapping[Criterion, str]) -> dict[Criterion, int]:
    """Whole numbers of 0 or more, in all 100. Raises `InvalidFields` by criterion, or for all under `TOTAL`."""
    points = {criterion: _number(typed.get(criterion, "")) for criterion in Criterion}
    problems = {
        criterion.value: f"Please write a whole number from 0 to {ALL_TOGETHER}."
        for criterion, each in points.items()
        if each is None
    }
    if problems:
        raise InvalidFields(problems)
    known = {criterion: each for criterion, each in points.items() if each is not None}
    whole = sum(known.values())
    if whole != ALL_TOGETHER:
        way = f"{whole - ALL_TOGETHER} too many" if whole > ALL_TOGETHER else f"{ALL_TOGETHER - whole} missing"
        raise InvalidFields({TOTAL: f"Together they have to be {ALL_TOGETHER}. These make {whole}: {way}."})
    return known


def changes(before: Mapping[Criterion, int], after: Mapping[Criterion, int]) -> tuple[Change, ...]:
    """What differs between two sets of weights, in the order of the criteria."""
    return tuple(Change(each, before[each], after[each]) for each in Criterion if before[each] != after[each])


def _number(typed: str) -> int | None:
    typed = typed.strip()
    fits = typed.isascii() and typed.isdigit() and len(typed) <= len(str(ALL_TOGETHER))
    return int(typed) if fits and int(typed) <= ALL_TOGETHER else None
