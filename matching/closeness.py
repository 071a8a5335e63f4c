"""A rough score of many mentors at once: the few it ranks best are worth the rubric.

It is for choosing whom to score, never shown and never stored: a mentor's points come from `matching/rubric.py` alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from core.rules.facts import ProfileFacts, RequestFacts
from core.rules.scores import Criterion
from embeddings.facets import Facet, tags
from embeddings.person import CRITERION_OF, Wanted
from embeddings.store import Said
from embeddings.vectors import Matrix
from matching import circumstances
from matching.scale import curve

# From similarity to share, about as the rubric does it. Only what is equal counts 1.
TEXTS: Final = ((0.06, 0.38, 0.78), (0.05, 0.74, 1.0))
TAGS: Final = ((0.23, 0.59, 0.99, 0.995), (0.05, 0.42, 0.8, 1.0))
BEST_TEXTS: Final = 3


@dataclass(frozen=True)
class Close:
    """What closeness is measured to: a request, with its vectors and weights."""

    request: RequestFacts
    wanted: Wanted
    now: datetime

    def to(self, mentors: Sequence[ProfileFacts], people: Sequence[Said]) -> Matrix:
        """How well each mentor covers the request, shape (len(mentors),); they come with what they said.

        Each thing asked for counts by the best single thing said in its facet. What one side left empty does not
        count, and its weight is shared by the rest.
        """
        points, weights = self._circumstances(mentors)
        for facet, asked in self.wanted.facets.items():
            filled = np.array([place for place, said in enumerate(people) if facet in said.facets], np.intp)
            weight = self.wanted.weights[CRITERION_OF[facet]]
            if len(filled) and weight:
                best = _best(asked, [people[place] for place in filled], facet)
                points[filled] += weight * np.interp(self._share(facet, best), *curve(CRITERION_OF[facet]))
                weights[filled] += weight
        close: Matrix = np.divide(points, np.maximum(weights, 1), dtype=np.float32)
        return close

    def _share(self, facet: Facet, best: Matrix) -> Matrix:
        """From similarities (things asked for x people) to the share of a facet: tags and texts each by their rule."""
        if facet in (Facet.RESEARCH, Facet.SKILLS):
            return _of_tags(best)
        if facet is Facet.GOALS:
            return _of_texts(best)
        industries = len(tags(self.request.student.industries))  # they come first
        kinds = [
            rule(rows) for rule, rows in ((_of_tags, best[:industries]), (_of_texts, best[industries:])) if len(rows)
        ]
        share: Matrix = np.mean(kinds, axis=0)
        return share

    def _circumstances(self, mentors: Sequence[ProfileFacts]) -> tuple[Matrix, Matrix]:
        points, weights = np.zeros(len(mentors), np.float32), np.zeros(len(mentors), np.float32)
        for place, mentor in enumerate(mentors):
            for criterion, likeness in (
                (Criterion.LOCATION, circumstances.location(self.request.student, mentor, self.now)),
                (
                    Criterion.COMMUNICATION,
                    circumstances.communication(self.request.student, mentor, self.request.taxonomy),
                ),
            ):
                if likeness is not None:
                    points[place] += self.wanted.weights[criterion] * likeness.share
                    weights[place] += self.wanted.weights[criterion]
        return points, weights


def _of_tags(best: Matrix) -> Matrix:
    share: Matrix = np.sqrt(np.interp(best, *TAGS).mean(axis=0))
    return share


def _of_texts(best: Matrix) -> Matrix:
    share: Matrix = np.interp(np.sort(best, axis=0)[-BEST_TEXTS:], *TEXTS).mean(axis=0)
    return share


def _best(asked: Matrix, people: Sequence[Said], facet: Facet) -> Matrix:
    """The similarity of each thing asked for (row) with the best of what each person said (column)."""
    rows = [said.of(facet) for said in people]
    starts = np.cumsum([0, *(len(each) for each in rows[:-1])])
    found: Matrix = np.maximum.reduceat(asked @ np.concatenate(rows).astype(np.float32).T, starts, axis=1)
    return found
