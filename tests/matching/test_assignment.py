"""A whole intake at once: the best total, whatever the places and the hard rules."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from matching.assignment import FORBIDDEN, Assignment, Scores, best, greedy

NONE = -1


@st.composite
def intakes(draw: st.DrawFn, most: int = 6) -> tuple[Scores, list[int]]:
    """Scores with some pairs forbidden, and places, some of them none."""
    students, mentors = draw(st.integers(0, most)), draw(st.integers(1, most))
    score = st.one_of(st.just(FORBIDDEN), st.integers(0, 1000).map(lambda tenths: tenths / 10))
    rows = draw(st.lists(st.lists(score, min_size=mentors, max_size=mentors), min_size=students, max_size=students))
    places = draw(st.lists(st.integers(0, 3), min_size=mentors, max_size=mentors))
    return np.array(rows, dtype=float).reshape(students, mentors), places


def by_branch_and_bound(scores: Scores, places: list[int]) -> float:
    """The best total by another solver: HiGHS, an integer programme with a variable for each pair."""
    students, mentors = scores.shape
    if not students:
        return 0.0
    allowed = scores != FORBIDDEN
    each_student = np.kron(np.eye(students), np.ones((1, mentors)))
    each_mentor = np.kron(np.ones((1, students)), np.eye(mentors))
    found = milp(
        -np.where(allowed, scores, 0.0).ravel(),
        integrality=np.ones(scores.size),
        bounds=Bounds(0, allowed.ravel().astype(float)),
        constraints=[LinearConstraint(each_student, ub=1), LinearConstraint(each_mentor, ub=places)],
    )
    return float(-found.fun)


def by_trying_all(scores: Scores, places: list[int]) -> float:
    """The best total of every choice there is."""
    students, mentors = scores.shape
    totals = [0.0]
    for chosen in product(range(NONE, mentors), repeat=students):
        taken = [(row, column) for row, column in enumerate(chosen) if column != NONE]
        if all(chosen.count(column) <= places[column] for column in range(mentors)):
            totals.append(sum(scores[pair] for pair in taken))
    return max(totals)


def follows_the_rules(found: Assignment, scores: Scores, places: list[int]) -> bool:
    rows, columns = [row for row, _ in found.pairs], [column for _, column in found.pairs]
    return (
        rows == sorted(set(rows))
        and all(columns.count(column) <= places[column] for column in set(columns))
        and all(scores[pair] != FORBIDDEN for pair in found.pairs)
        and found.total == pytest.approx(sum(scores[pair] for pair in found.pairs))
    )


@given(intakes())
def test_it_is_as_good_as_an_independent_solvers(intake: tuple[Scores, list[int]]) -> None:
    found = best(*intake)
    assert follows_the_rules(found, *intake)
    assert found.total == pytest.approx(by_branch_and_bound(*intake))


@given(intakes(most=4))
def test_no_choice_at_all_is_better(intake: tuple[Scores, list[int]]) -> None:
    assert best(*intake).total == pytest.approx(by_trying_all(*intake))


@given(intakes(most=12))
def test_it_is_never_below_greedy(intake: tuple[Scores, list[int]]) -> None:
    compared = greedy(*intake)
    assert follows_the_rules(compared, *intake)
    assert best(*intake).total >= compared.total - 1e-9


def test_greedy_takes_the_best_pair_and_pays_for_it() -> None:
    scores = np.array([[90.0, 80.0], [85.0, 10.0]])
    assert greedy(scores, [1, 1]) == Assignment(((0, 0), (1, 1)), 100.0)
    assert best(scores, [1, 1]) == Assignment(((0, 1), (1, 0)), 165.0)


def test_who_may_not_meet_anybody_is_left_over() -> None:
    scores = np.array([[FORBIDDEN, FORBIDDEN], [50.0, FORBIDDEN]])
    assert best(scores, [2, 2]).pairs == ((1, 0),)


@pytest.mark.parametrize(
    ("scores", "places"),
    [
        (np.array([[-1.0]]), [1]),
        (np.array([[np.nan]]), [1]),
        (np.array([[np.inf]]), [1]),
        (np.array([[1.0]]), [-1]),
        (np.array([[1.0]]), [1, 1]),
        (np.array([1.0]), [1]),
    ],
)
def test_what_makes_no_sense_is_refused(scores: Scores, places: list[int]) -> None:
    for solve in (best, greedy):
        with pytest.raises(ValueError, match=r"score|places"):
            solve(scores, places)
