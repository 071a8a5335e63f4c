"""A rough score of many mentors at once: the few it ranks best are worth the rubric.

It follows the rubric as far as matrices can: by meaning, not by wording or by names of tags. It is for choosing whom
to score, never shown and never stored: a mentor's points come from `matching/rubric.py` alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.rules.facts import ProfileFacts, RequestFacts
from core.rules.scores import Criterion
from embeddings.facets import Facet, readings, tags, wish_of
from embeddings.person import CRITERION_OF, Wanted
from embeddings.store import Said
from embeddings.vectors import Matrix
from matching.circumstances import Circumstances
from matching.likeness import Likeness
from matching.scale import curve

# From similarity to share, as in the rubric, where wording has a light part besides. Only what is equal counts 1.
TEXTS: Final = ((0.06, 0.38, 0.79, 1.0), (0.06, 0.74, 0.96, 1.0))
TAGS: Final = ((0.25, 0.60, 0.99, 0.995), (0.05, 0.42, 0.8, 1.0))
TAG_IN_TEXT: Final = ((0.15, 0.45, 0.86, 1.0), (0.06, 0.62, 0.92, 1.0))
SHOWN_IN_TEXTS: Final = 0.85
BEST_TEXTS: Final = 3
NOTHING: Final = -2.0  # the similarity to what was not said


class Crowd:
    """Mentors with what each of them said, laid out once for all the requests they are compared with."""

    def __init__(self, mentors: Sequence[ProfileFacts], people: Sequence[Said]) -> None:
        self.mentors = mentors
        self.told = [_Told(people, facet) for facet in CRITERION_OF] if people else []
        self.circumstances = Circumstances(mentors)
        self.industries = np.array([len(tags(mentor.industries)) for mentor in mentors])


@dataclass(frozen=True)
class Close:
    """What closeness is measured to: a request, with its vectors and weights."""

    request: RequestFacts
    wanted: Wanted
    now: datetime

    def to(self, crowd: Crowd) -> Matrix:
        """How well each mentor covers the request, shape (len(crowd.mentors),).

        What one side left empty does not count, and its weight is shared by the rest.
        """
        points, weights = self._circumstances(crowd)
        for facet, said, share in self._shares(crowd) if crowd.told else ():
            weight = self.wanted.weights[CRITERION_OF[facet]]
            points += weight * said * np.interp(share, *curve(CRITERION_OF[facet]))
            weights += weight * said
        close: Matrix = np.divide(points, np.maximum(weights, 1), dtype=np.float32)
        return close

    def _shares(self, crowd: Crowd) -> Iterator[tuple[Facet, Matrix, Matrix]]:
        """For each facet asked for: which mentors said something (1 or 0), and how well that covers it."""
        goals, field, research, skills = crowd.told
        industries, asked = crowd.industries, self.wanted.facets
        if (rows := asked.get(Facet.GOALS)) is not None:
            wish = len(readings(wish_of(self.request)))
            covered = _covered_by_texts(goals.alike(rows))
            yield (
                Facet.GOALS,
                goals.is_any,
                _weighted(((2, _best_asked(covered[:wish])), (1, _best_asked(covered[wish:])))),
            )
        if (rows := asked.get(Facet.EXPERTISE)) is not None:
            own = len(tags(self.request.student.industries))
            by_tags, by_texts = field.apart(rows, industries)
            covered = np.maximum(np.interp(by_tags.max(axis=2), *TEXTS), _covered_by_texts(by_texts))
            of_tags = _of_tags(by_tags[:own], by_texts[:own])
            yield Facet.EXPERTISE, field.is_any, _weighted(((2, of_tags), (2, _best_asked(covered[own:]))))
        if (rows := asked.get(Facet.RESEARCH)) is not None:
            alike = research.alike(rows)
            yield Facet.RESEARCH, research.is_any, _weighted([(1, _of_tags(alike, alike[:, :, :0]))])
        if (rows := asked.get(Facet.SKILLS)) is not None:
            texts = np.concatenate([goals.alike(rows), field.apart(rows, industries)[1]], axis=2)
            said = np.maximum(skills.is_any, np.maximum(goals.is_any, field.is_any))
            yield Facet.SKILLS, said, _weighted([(1, _of_tags(skills.alike(rows), texts))])

    def _circumstances(self, crowd: Crowd) -> tuple[Matrix, Matrix]:
        """Points and weights of what needs no vectors."""
        student = self.request.student
        places = _shares_of(crowd.circumstances.locations(student, self.now))
        ways = _shares_of(crowd.circumstances.communications(student, self.request.taxonomy))
        points, weights = np.zeros((2, len(crowd.mentors)), np.float32)
        for criterion, shares in ((Criterion.LOCATION, places), (Criterion.COMMUNICATION, ways)):
            counted = self.wanted.weights[criterion] * ~np.isnan(shares)
            points += counted * np.nan_to_num(shares)
            weights += counted
        return points, weights


def _shares_of(likenesses: Iterable[Likeness | None]) -> Matrix:
    """The share of each, NaN where it does not count."""
    return np.array([np.nan if each is None else each.share for each in likenesses], np.float32)


class _Told:
    """What many people said in one facet."""

    def __init__(self, people: Sequence[Said], facet: Facet) -> None:
        rows = [said.of(facet) if facet in said.facets else said.vectors[:0] for said in people]
        counts = np.array([len(each) for each in rows])
        self._rows = np.concatenate(rows).astype(np.float32)
        self._is_said = np.arange(max(1, *counts)) < counts[:, None]  # people x the most that one of them said
        self.is_any: Matrix = (counts > 0).astype(np.float32)

    def alike(self, asked: Matrix) -> Matrix:
        """The similarity of each thing asked for with all that each person said, asked x people x most said."""
        found = np.full((len(asked), *self._is_said.shape), NOTHING, np.float32)
        found[:, self._is_said] = (self._rows @ asked.T).T  # a third faster than the other way round
        return found

    def apart(self, asked: Matrix, first: NDArray[np.int_]) -> tuple[Matrix, Matrix]:
        """The same for the first things that each person said, and for the rest."""
        alike = self.alike(asked)
        is_first = np.arange(alike.shape[2]) < first[:, None]
        return np.where(is_first, alike, NOTHING), np.where(is_first, NOTHING, alike)


def _of_tags(by_tags: Matrix, by_texts: Matrix) -> Matrix | None:
    """How well tags asked for are covered, by tags and by texts that tell of them; None if none is."""
    if not len(by_tags):
        return None
    shown = (_mean_of_best(by_texts, 1) + _mean_of_best(by_texts, BEST_TEXTS)) / 2
    in_texts = np.where(shown > NOTHING, SHOWN_IN_TEXTS * np.interp(shown, *TAG_IN_TEXT), 0)
    tags_alike = by_tags.max(axis=2, initial=NOTHING)
    in_tags = np.where(tags_alike > NOTHING, np.interp(tags_alike, *TAGS), 0)
    share: Matrix = np.sqrt((1 - (1 - in_tags) * (1 - in_texts)).mean(axis=0))
    return share


def _covered_by_texts(alike: Matrix) -> Matrix:
    return np.interp(_mean_of_best(alike, BEST_TEXTS), *TEXTS).astype(np.float32)


def _mean_of_best(alike: Matrix, most: int) -> Matrix:
    """The mean of the highest of each row that were said at all."""
    best = np.sort(alike, axis=2)[:, :, -most:]
    known = best > NOTHING
    mean: Matrix = np.where(known, best, 0).sum(axis=2) / np.maximum(known.sum(axis=2), 1)
    return np.where(known.any(axis=2), mean, NOTHING)


def _best_asked(covered: Matrix) -> Matrix | None:
    """The mean of the three things asked for that are covered best; None if nothing is asked for."""
    return np.sort(covered, axis=0)[-BEST_TEXTS:].mean(axis=0) if len(covered) else None


def _weighted(parts: Iterable[tuple[float, Matrix | None]]) -> Matrix:
    known = [(weight, part) for weight, part in parts if part is not None]
    weights, shares = zip(*known, strict=True)
    mean: Matrix = np.average(shares, axis=0, weights=weights)
    return mean
