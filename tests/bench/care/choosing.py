"""Thresholds chosen on one year: its facts are judged anew under others, which the facts do not depend on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.rules.health import Thresholds
from tests.bench.care.courses import Truth
from tests.bench.care.measuring import Kept, flags_of, measure

GRID: Mapping[str, Sequence[Any]] = {
    "late": (1.0, 1.5, 2.0, 2.5, 3.0),
    "silent": (2.5, 3.0, 3.5, 4.0, 5.0),
    "usual_cadence": (14, 21, 28),
    "least_silence": (21, 28, 35, 42, 49, 56),
    "unanswered": (2, 3, 4),
    "failed": (2, 3),
    "fresh_days": (30, 45, 60),
    "grace_days": (14, 21, 28),
}
ALERT = Thresholds(grace_days=21, usual_cadence=21, late=1.5, silent=2.5, least_silence=21, unanswered=2)
"""Where the search begins: thresholds that miss little and are often wrong."""


def choose(facts: Kept, truths: Mapping[int, Truth], days: int, say: Callable[[str], None]) -> Thresholds:
    """One threshold after the other is set to what gives the greatest F1, until none of them changes any more."""
    kept = list(facts)
    best, best_told = ALERT, measure(truths, flags_of(kept, ALERT), days)
    before = None
    while best != before:
        before = best
        for name, values in GRID.items():
            for value in values:
                tried = replace(best, **{name: value})
                told = measure(truths, flags_of(kept, tried), days)
                if told.f1 > best_told.f1:
                    best, best_told = tried, told
            say(f"{name} {getattr(best, name)}: F1 {best_told.f1:.3f}")
    return best
