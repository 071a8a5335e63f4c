"""For comparison: one pass of numpy over all that all mentors said, without an index and without the whole rubric.

Each thing asked for counts by the best single thing a mentor says in that facet, a facet by the mean of these. It
leaves out equal and named tags, the mean of the best three, places, languages and ways to meet.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from core.rules.facts import ProfileFacts, RequestFacts
from core.rules.weights import DEFAULT
from embeddings.facets import Facet, Texts, profile_texts, request_texts
from embeddings.person import CRITERION_OF
from embeddings.vectors import Matrix, Vectors

Places = NDArray[np.int64]


class Dense:
    """All texts of all mentors, and who said which."""

    def __init__(self, mentors: Sequence[ProfileFacts], rows: Mapping[str, Matrix]) -> None:
        said = [profile_texts(mentor) for mentor in mentors]
        texts = sorted({text for each in said for facet in each.values() for text in facet})
        self._matrix = np.stack([rows[text] for text in texts])
        place = {text: number for number, text in enumerate(texts)}
        self._facets = {facet: _Said(said, facet, place) for facet in CRITERION_OF}
        self._count = len(mentors)

    def nearest(self, request: RequestFacts, vectors: Vectors, most: int) -> Places:
        """The places of the best mentors by this measure, best first."""
        points, weights = np.zeros(self._count, np.float32), np.zeros(self._count, np.float32)
        for facet, texts in request_texts(request).items():
            if texts:
                weight = DEFAULT.points[CRITERION_OF[facet]]
                said = self._facets[facet]
                best = said.best(vectors.of(texts) @ self._matrix.T)
                points[said.who] += weight * best.mean(axis=0)
                weights[said.who] += weight
        score = points / np.maximum(weights, 1)
        most = min(most, self._count)
        places: Places = np.argpartition(-score, most - 1)[:most]
        return places[np.lexsort((places, -score[places]))]


class _Said:
    """What mentors said in one facet, mentor by mentor."""

    def __init__(self, said: Sequence[Texts], facet: Facet, place: Mapping[str, int]) -> None:
        counts = np.array([len(each[facet]) for each in said])
        self.who = np.flatnonzero(counts)
        self._texts = np.array([place[text] for each in said for text in each[facet]], np.int64)
        self._starts = np.concatenate([[0], np.cumsum(counts[self.who])[:-1]]).astype(np.int64)

    def best(self, similarities: Matrix) -> Matrix:
        """The best similarity of each thing asked for (row) with what each mentor said (column)."""
        found: Matrix = np.maximum.reduceat(similarities[:, self._texts], self._starts, axis=1)
        return found
