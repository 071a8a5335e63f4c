"""Questions whose likeness is known, and all pairs of them."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from pathlib import Path

FILE = Path(__file__).with_name("questions.csv")


class Part(StrEnum):
    """The threshold is chosen on one half of the families and held against the other."""

    CHOOSING = "choosing"
    HELD_OUT = "held out"


@dataclass(frozen=True)
class Asked:
    """One question. Two of one family with one meaning ask the same."""

    family: str
    meaning: str
    question: str
    details: str
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """Two questions by their places, and whether they ask the same. `part` is None for two of different families."""

    one: int
    other: int
    same: bool
    part: Part | None


def questions() -> tuple[Asked, ...]:
    """All of the file."""
    with FILE.open(encoding="utf-8", newline="") as rows:
        return tuple(
            Asked(row["family"], row["meaning"], row["question"], row["details"], tuple(row["topics"].split(";")))
            for row in csv.DictReader(rows)
        )


def pairs(asked: Sequence[Asked]) -> tuple[Pair, ...]:
    """Every pair. Families take turns in going to one part or the other, so that none stands in both."""
    families = {family: number for number, family in enumerate(dict.fromkeys(one.family for one in asked))}
    parts = tuple(Part)

    def pair(one: int, other: int) -> Pair:
        a, b = asked[one], asked[other]
        related = a.family == b.family
        part = parts[families[a.family] % len(parts)] if related else None
        return Pair(one, other, related and a.meaning == b.meaning, part)

    return tuple(pair(one, other) for one, other in combinations(range(len(asked)), 2))
