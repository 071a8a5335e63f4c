"""Weights, points and words of a score."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.scores import DEFAULT_WEIGHTS, Criterion, CriterionScore, counted_weights, shares_from_json, total, word
from core.rules.weights import Weights


@given(st.sets(st.sampled_from(Criterion)))
def test_the_weights_of_what_counts_are_100_in_all(counted: set[Criterion]) -> None:
    weights = counted_weights(DEFAULT_WEIGHTS, counted)
    weighty = {criterion for criterion in counted if DEFAULT_WEIGHTS[criterion]}
    assert sum(weights.values()) == pytest.approx(100 if weighty else 0)
    assert {criterion for criterion, weight in weights.items() if weight} == weighty


def test_weights_keep_their_proportion() -> None:
    weights = counted_weights(DEFAULT_WEIGHTS, {Criterion.GOALS, Criterion.SKILLS})
    assert (weights[Criterion.GOALS], weights[Criterion.SKILLS]) == (66.67, 33.33)
    assert counted_weights(DEFAULT_WEIGHTS, set(Criterion)) == DEFAULT_WEIGHTS


def test_a_criterion_that_staff_gave_no_weight_counts_nothing() -> None:
    weights = dict.fromkeys(Criterion, 0)
    assert not any(counted_weights(weights, set(Criterion)).values())


@given(st.lists(st.decimals(0, 16, places=2).map(float), max_size=6))
def test_the_total_is_the_sum_to_the_last_digit(points: list[float]) -> None:
    parts = [CriterionScore(Criterion.GOALS, 16.0, each / 16, each) for each in points]
    assert total(parts) == round(sum(points), 2)


def test_a_score_is_stored_and_read_unchanged() -> None:
    part = CriterionScore(Criterion.SKILLS, 15.0, 0.5, 7.5, "k8s", "Kubernetes")
    assert CriterionScore.from_json(json.loads(json.dumps(part.as_json()))) == part


@pytest.mark.parametrize(("points", "expected"), [(70, "strong"), (69.9, "good"), (50, "good"), (0, "possible")])
def test_points_have_a_plain_word(points: float, expected: str) -> None:
    assert word(points) == expected


def test_what_was_stored_before_a_criterion_was_added_is_read_without_it() -> None:
    *older, newest = Criterion
    assert shares_from_json([0.5] * len(older)) == dict.fromkeys(older, 0.5)
    points = {criterion.value: DEFAULT_WEIGHTS[criterion] for criterion in older}
    points[Criterion.GOALS.value] += DEFAULT_WEIGHTS[newest]
    assert Weights.from_json(1, points).points == points | {newest: 0}
