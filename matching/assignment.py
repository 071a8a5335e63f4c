"""A whole intake at once: who gets whom, so that the total score is the best that places and hard rules allow.

The optimum is a linear assignment: each mentor stands in as many columns as they have places. SciPy solves it with a
modified Jonker-Volgenant algorithm (D. F. Crouse, "On implementing 2D rectangular assignment algorithms", IEEE
Transactions on Aerospace and Electronic Systems 52(4), 2016), whose time grows with the cube of the smaller side.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

FORBIDDEN = -np.inf
"""Stands in place of a score where a hard rule forbids the pair."""

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Assignment:
    """Pairs of a student's row and a mentor's column, in the order of the rows, and the sum of their scores."""

    pairs: tuple[tuple[int, int], ...]
    total: float


def best(scores: Scores, places: Sequence[int]) -> Assignment:
    """The assignment with the highest total: each student gets at most one mentor, each mentor at most their places.

    `scores` has a row for each student and a column for each mentor, at least 0 or `FORBIDDEN`. Who is left over has
    no pair. The same input always gives the same pairs. Raises `ValueError` for other scores or places.
    """
    _check(scores, places)
    taken = np.minimum(np.asarray(places, dtype=np.intp), scores.shape[0])
    mentors = np.repeat(np.arange(scores.shape[1]), taken)
    worth = np.where(scores == FORBIDDEN, 0.0, scores)[:, mentors]  # as good as nobody, and taken out below
    students, columns = linear_sum_assignment(worth, maximize=True)
    return _assignment(scores, zip(students.tolist(), mentors[columns].tolist(), strict=True))


def greedy(scores: Scores, places: Sequence[int]) -> Assignment:
    """What comes of taking the best pair that is left, again and again: for comparison. Same rules and errors."""
    _check(scores, places)
    left = list(places)
    waiting = set(range(scores.shape[0]))
    pairs = []
    order = np.argsort(-scores, axis=None, kind="stable")
    for student, mentor in zip(*(axis.tolist() for axis in np.unravel_index(order, scores.shape)), strict=True):
        if not waiting or scores[student, mentor] == FORBIDDEN:
            break
        if student in waiting and left[mentor]:
            waiting.remove(student)
            left[mentor] -= 1
            pairs.append((student, mentor))
    return _assignment(scores, sorted(pairs))


def _check(scores: Scores, places: Sequence[int]) -> None:
    if scores.ndim != 2 or scores.shape[1] != len(places):
        raise ValueError("scores need a row for each student, and as many columns as there are mentors' places")
    if not np.all((scores >= 0) & (scores < np.inf) | (scores == FORBIDDEN)):
        raise ValueError("a score is at least 0, or FORBIDDEN")
    if any(each < 0 for each in places):
        raise ValueError("places are 0 or more")


def _assignment(scores: Scores, pairs: Iterable[tuple[int, int]]) -> Assignment:
    allowed = tuple((student, mentor) for student, mentor in pairs if scores[student, mentor] != FORBIDDEN)
    return Assignment(allowed, float(sum(scores[pair] for pair in allowed)))
