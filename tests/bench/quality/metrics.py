"""How good a ranking is, with 95 % intervals: nDCG@3, P@3, R@1, R@3 and MRR, or the loss over pairs.

Candidates with equal scores count as the mean over all orders they could stand in.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import mul

import numpy as np
from numpy.typing import NDArray

from tests.bench.quality.reading import Pair, QualitySet

Scores = Mapping[str, Mapping[str, float]]  # query → candidate → score
Values = NDArray[np.float64]

SHOWN = 3
RESAMPLES = 1000
_DISCOUNTS = tuple(1 / math.log2(place + 1) for place in range(1, SHOWN + 1))


@dataclass(frozen=True)
class Case:
    """A query or a pair: what it adds to each metric, as (part, whole), and the group it is drawn with."""

    group: str
    parts: Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Metric:
    """A mean over cases, and where the middle 95 % of it lie when whole groups are drawn anew."""

    name: str
    value: float
    low: float
    high: float
    cases: int


def cases(of: QualitySet, scores: Scores) -> list[Case]:
    """What each query, or each pair, adds to the metrics of a set."""
    if of.pairs:
        return [_pair_case(pair, scores) for pair in of.pairs]
    return [
        _case(str(line.get("group", query)), str(line.get("kind", "")), ranking(scores[query], of.grades[query]))
        for query, line in of.queries.items()
    ]


def _case(group: str, kind: str, figures: Mapping[str, float]) -> Case:
    parts = {name: (value, 1.0) for name, value in figures.items()}
    if kind:
        parts |= {f"{kind} {name}": part for name, part in parts.items()}
    return Case(group, parts)


def _pair_case(pair: Pair, scores: Scores) -> Case:
    """Loss is the weight of pairs in the wrong order, ties half; accuracy counts pairs that are in order."""
    (better, worse) = (scores[query][candidate] for query, candidate in (pair.better, pair.worse))
    in_order = float(better > worse)
    lost = (1 - (in_order + float(better >= worse)) / 2) * pair.weight
    parts = {"loss": (lost, pair.weight), "accuracy": (in_order, 1.0)}
    return Case(pair.group, parts | ({pair.kind: (in_order, 1.0)} if pair.kind else {}))


def ranking(scores: Mapping[str, float], grades: Mapping[str, float]) -> dict[str, float]:
    """The figures of one ranking. nDCG has gain 2^grade - 1 (Burges et al., 2005); else any grade above 0 is a hit."""
    best_first = sorted(scores, key=lambda candidate: -scores[candidate])
    gained = hits_shown = reciprocal = 0.0
    no_hit = {1: 1.0, SHOWN: 1.0}  # the chance that there is none among the first so many
    before = 0
    for _, level in groupby(best_first, key=lambda candidate: scores[candidate]):
        tied = [grades.get(candidate, 0.0) for candidate in level]
        size, hits = len(tied), sum(grade > 0 for grade in tied)
        shown = _DISCOUNTS[before : before + size]
        gained += sum(map(_gain, tied)) / size * sum(shown)
        hits_shown += hits / size * len(shown)
        for depth in no_hit:
            no_hit[depth] *= _chance_of_none(size, hits, min(size, max(0, depth - before)))
        if hits and not reciprocal:
            reciprocal = _reciprocal_of_first(before, size, hits)
        before += size
    ideal = sum(map(mul, map(_gain, sorted(grades.values(), reverse=True)), _DISCOUNTS))
    return {
        "nDCG@3": gained / ideal,
        "P@3": hits_shown / SHOWN,
        "R@1": 1 - no_hit[1],
        "R@3": 1 - no_hit[SHOWN],
        "MRR": reciprocal,
    }


def _gain(grade: float) -> float:
    return 2**grade - 1


def _chance_of_none(size: int, hits: int, drawn: int) -> float:
    """That none of `drawn` out of `size` is one of the hits."""
    return math.comb(size - hits, drawn) / math.comb(size, drawn)


def _reciprocal_of_first(before: int, size: int, hits: int) -> float:
    """The mean of 1/place of the first hit, if the hits stand anywhere in a level that follows `before` others."""
    first_at = (
        (place, _chance_of_none(size, hits, place - 1) * hits / (size - place + 1))
        for place in range(1, size - hits + 2)
    )
    return sum(chance / (before + place) for place, chance in first_at)


def measure(measured: Sequence[Case]) -> list[Metric]:
    """Each metric over all cases, with its interval by the bootstrap over groups (Efron, 1979).

    The seed is fixed: the same scores have the same intervals.
    """
    return [_metric(name, values, number) for name, values, number in _drawn(measured)]


def _metric(name: str, values: Values, number: int) -> Metric:
    low, high = np.percentile(values[1:], (2.5, 97.5))
    return Metric(name, float(values[0]), float(low), float(high), number)


def _drawn(measured: Sequence[Case]) -> Iterator[tuple[str, Values, int]]:
    """Each metric's value, followed by those of the samples that have any case of it; and its number of cases."""
    groups = {group: row for row, group in enumerate(dict.fromkeys(case.group for case in measured))}
    draws = np.random.RandomState(0).randint(0, len(groups), (RESAMPLES, len(groups)))
    times = np.stack([np.bincount(draw, minlength=len(groups)) for draw in draws])
    times = np.concatenate([np.ones((1, len(groups)), times.dtype), times])
    for name in dict.fromkeys(name for case in measured for name in case.parts):
        sums = np.zeros((len(groups), 2))
        having = [case for case in measured if name in case.parts]
        for case in having:
            sums[groups[case.group]] += case.parts[name]
        part, whole = (times @ sums).T
        yield name, part[whole > 0] / whole[whole > 0], len(having)
