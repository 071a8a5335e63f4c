"""Thresholds chosen on one year: its facts are judged anew under others, which the facts do not depend on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from app.bench.care.courses import Truth
from app.bench.care.measuring import Told, flags_of, measure
from core.rules.health import THRESHOLDS, Facts

GRID: Mapping[str, Sequence[Any]] = {
    "silent": (2.0, 2.5, 3.0, 3.5, 4.0),
    "late": (1.25, 1.5, 1.75, 2.0, 2.5),
    "usual_cadence": (14, 21, 28),
    "least_silence": (14, 21, 28, 35),
    "unanswered": (2, 3, 4),
    "failed": (2, 3),
    "fresh_days": (30, 45, 60),
    "grace_days": (14, 21, 28),
}
ROUNDS = 2


def choose(facts: Sequence[tuple[int, UUID, Facts]], truths: Mapping[UUID, Truth], days: int) -> Iterator[str]:
    """One threshold after the other is set to what gives the greatest F1, and all of them once more; step by step."""
    best, best_told = THRESHOLDS, measure(truths, flags_of(facts, THRESHOLDS), days)
    yield f"as they are: {_shown(best_told)}"
    for _ in range(ROUNDS):
        for name, values in GRID.items():
            for value in values:
                tried = replace(best, **{name: value})
                told = measure(truths, flags_of(facts, tried), days)
                if told.f1 > best_told.f1:
                    best, best_told = tried, told
            yield f"{name} {getattr(best, name)}: {_shown(best_told)}"
    yield f"chosen: {best}"


def _shown(told: Told) -> str:
    return f"F1 {told.f1:.3f}, precision {told.precision:.0%}, recall {told.recall:.0%}, lead {told.lead:+.0f} days"
