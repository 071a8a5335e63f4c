"""Figures of a run: how evenly offers are spread, and how good they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.rules.scores import GOOD, STRONG

FULL_WAVE = 3


@dataclass(frozen=True)
class Wave:
    """One request's offers: the scores, best first."""

    scores: tuple[float, ...]


@dataclass(frozen=True)
class Load:
    """One mentor: places free before the run, and offers received in it."""

    places: int
    offers: int


def gini(values: Sequence[float]) -> float:
    """How unequal these values are: 0 when all are the same, near 1 when one has everything (Gini, 1912)."""
    ordered = sorted(values)
    total = sum(ordered)
    if not total:
        return 0.0
    weighted = sum(rank * value for rank, value in enumerate(ordered, start=1))
    return 2 * weighted / (len(ordered) * total) - (len(ordered) + 1) / len(ordered)


def table(waves: Sequence[Wave], loads: Sequence[Load]) -> dict[str, str]:
    """The figures by name, as people read them."""
    scores = [score for wave in waves for score in wave.scores]
    full = [wave for wave in waves if len(wave.scores) == FULL_WAVE]
    per_place = [load.offers / load.places for load in loads if load.places]
    return {
        "requests with three offers": _share(len(full), len(waves)),
        "requests with no offer": _share(sum(not wave.scores for wave in waves), len(waves)),
        f"all three reach {STRONG:.0f}": _share(sum(min(wave.scores) >= STRONG for wave in full), len(waves)),
        f"all three reach {GOOD:.0f}": _share(sum(min(wave.scores) >= GOOD for wave in full), len(waves)),
        "mean score of an offer": f"{sum(scores) / len(scores):.1f}" if scores else "none",
        "Gini of offers per free place": f"{gini(per_place):.2f}",
        "most offers per free place": f"{max(per_place, default=0):.1f}",
        "mentors with no offer": _share(sum(not load.offers for load in loads), len(loads)),
    }


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.0f} %)" if whole else "none"
