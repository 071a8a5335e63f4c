"""Weights as staff type them, and what changes with them."""

import pytest

from core.rules.errors import InvalidFields
from core.rules.scores import DEFAULT_WEIGHTS, Criterion
from core.rules.weights import DEFAULT, TOTAL, Change, Weights, changes, checked

TYPED = {criterion: str(points) for criterion, points in DEFAULT_WEIGHTS.items()}


def test_six_numbers_that_make_100_are_taken() -> None:
    assert checked(TYPED) == DEFAULT_WEIGHTS
    assert checked(dict.fromkeys(Criterion, "0") | {Criterion.SKILLS: " 100 "})[Criterion.SKILLS] == 100


@pytest.mark.parametrize("typed", ["", "-5", "5.0", "many", "101", "٣", "1" * 5000])
def test_what_is_no_number_of_points_is_told_at_its_field(typed: str) -> None:
    with pytest.raises(InvalidFields) as caught:
        checked(TYPED | {Criterion.GOALS: typed})
    assert caught.value.problems == {"career goals": "Please write a whole number from 0 to 100."}


@pytest.mark.parametrize(("goals", "said"), [("35", "5 too many"), ("29", "1 missing")])
def test_the_sum_is_told(goals: str, said: str) -> None:
    with pytest.raises(InvalidFields) as caught:
        checked(TYPED | {Criterion.GOALS: goals})
    assert said in caught.value.problems[TOTAL]


def test_changes_name_what_differs() -> None:
    other = dict(DEFAULT_WEIGHTS) | {Criterion.GOALS: 25, Criterion.LOCATION: 10}
    assert changes(DEFAULT_WEIGHTS, other) == (Change(Criterion.GOALS, 30, 25), Change(Criterion.LOCATION, 5, 10))
    assert changes(other, other) == ()


def test_what_was_stored_is_read_as_it_was() -> None:
    for points in (DEFAULT_WEIGHTS, dict.fromkeys(Criterion, 0) | {Criterion.SKILLS: 100}):
        stored = Weights(7, points)
        assert Weights.from_json(7, stored.as_json()) == stored


@pytest.mark.parametrize(
    "spoilt",
    [{Criterion.GOALS: 31}, {Criterion.GOALS: 30.0}, {Criterion.GOALS: -5, Criterion.LOCATION: 40}, {"other": 0}],
    ids=str,
)
def test_stored_weights_that_make_no_sense_are_not_read(spoilt: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="is not 100 points"):
        Weights.from_json(1, DEFAULT.as_json() | spoilt)
