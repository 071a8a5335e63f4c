"""The figures of a ranking, against values worked out by hand and by trying all orders."""

from itertools import pairwise, permutations
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.quality.metrics import Case, measure, ranking

GRADES = {"a": 3.0, "b": 1.0, "c": 0.0}


def test_a_perfect_ranking_has_all() -> None:
    figures = ranking({"a": 3, "b": 2, "c": 1}, GRADES)
    assert figures == pytest.approx({"nDCG@3": 1, "P@3": 2 / 3, "R@1": 1, "R@3": 1, "MRR": 1})


def test_gains_grow_by_powers_of_two_and_are_discounted_by_place() -> None:
    figures = ranking({"a": 1, "b": 2, "c": 3}, GRADES)
    expected = (1 / log2(3) + 7 / log2(4)) / (7 + 1 / log2(3))
    assert figures == pytest.approx({"nDCG@3": expected, "P@3": 2 / 3, "R@1": 0, "R@3": 1, "MRR": 1 / 2})


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from([0.0, 1.0, 2.0])), min_size=1, max_size=5))
def test_ties_count_as_the_mean_over_their_orders(rows: list[tuple[int, float]]) -> None:
    grades = {str(number): grade for number, (_, grade) in enumerate(rows)} | {"absent": 1.0}
    scores = {str(number): float(score) for number, (score, _) in enumerate(rows)}
    orders = [
        ranking({each: -place for place, each in enumerate(order)}, grades)
        for order in permutations(scores)
        if all(scores[one] >= scores[other] for one, other in pairwise(order))
    ]
    means = {name: sum(each[name] for each in orders) / len(orders) for name in orders[0]}
    assert ranking(scores, grades) == pytest.approx(means)


def test_intervals_come_from_groups_drawn_whole() -> None:
    same = [Case("one", {"R@1": (1.0, 1.0)}) for _ in range(50)]
    [alone] = measure(same)
    assert (alone.value, alone.low, alone.high, alone.cases) == (1, 1, 1, 50)
    [mixed] = measure([*same, *(Case("other", {"R@1": (0.0, 1.0)}) for _ in range(50))])
    assert (mixed.value, mixed.low, mixed.high) == (0.5, 0, 1)
