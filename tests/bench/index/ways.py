"""Ways to find the nearest of many vectors: the segment that serves students, and others."""

from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol
from uuid import UUID

import faiss
import numpy as np

from embeddings.index import EXACT_UP_TO
from embeddings.person import CRITERION_OF, Wanted
from embeddings.segment import Row, build
from embeddings.vectors import Matrix

LINKS, LOOKED_AT = 16, 256  # of a graph: neighbours of each vector, and candidates while it is searched
EVERYTHING: Final = frozenset(CRITERION_OF)  # facets: without groups there is one query for all


class Index(Protocol):
    """The vectors of some mentors."""

    def add(self, row: Row) -> None:
        """Take in one more."""

    def nearest(self, wanted: Wanted, most: int) -> list[UUID]:
        """The users who are nearest to a request, nearest first."""


class InSegments:
    """As used: FAISS at half precision, mentors in groups by the facets they filled in; what is new stands beside."""

    def __init__(self, rows: Sequence[Row], dim: int, exact_up_to: int = EXACT_UP_TO) -> None:
        self._dim = dim
        self._base, self._recent = build(rows, dim, exact_up_to), build([], dim, exact_up_to)

    def add(self, row: Row) -> None:
        """A small segment is made anew."""
        self._recent = build([*self._recent.rows(), row], self._dim, EXACT_UP_TO)

    def nearest(self, wanted: Wanted, most: int) -> list[UUID]:
        """From both, with a query for each group."""
        found = [each for one in (self._base, self._recent) for each in one.nearest(wanted, self._dim, most, ())]
        found.sort(key=lambda each: (-each[0], each[1].user_id))
        return [entry.user_id for _, entry in found[:most]]


class InCells(InSegments):
    """The same approximately, as used for more mentors than are searched exactly."""

    def __init__(self, rows: Sequence[Row], dim: int) -> None:
        super().__init__(rows, dim, exact_up_to=0)


class InNumpy:
    """One matrix of floats and a product with it. To add one is to copy it."""

    def __init__(self, rows: Sequence[Row], dim: int) -> None:
        self._dim = dim
        self._vectors: Matrix = np.stack([row.vector for row in rows])
        self._users = [row.entry.user_id for row in rows]

    def add(self, row: Row) -> None:
        """A larger matrix."""
        self._vectors = np.concatenate([self._vectors, row.vector[np.newaxis]])
        self._users.append(row.entry.user_id)

    def nearest(self, wanted: Wanted, most: int) -> list[UUID]:
        """By one query for all."""
        scores = self._vectors @ wanted.among(EVERYTHING, self._dim)
        most = min(most, len(scores))
        best = np.argpartition(-scores, most - 1)[:most]
        return [self._users[place] for place in best[np.argsort(-scores[best], kind="stable")]]


class InGraph:
    """FAISS's graph of neighbours (HNSW), at half precision too."""

    def __init__(self, rows: Sequence[Row], dim: int) -> None:
        self._dim, self._users = dim, [row.entry.user_id for row in rows]
        width = len(CRITERION_OF) * dim
        graph: Any = faiss.IndexHNSWSQ
        self._graph = graph(width, faiss.ScalarQuantizer.QT_fp16, LINKS, faiss.METRIC_INNER_PRODUCT)
        vectors = np.stack([row.vector for row in rows])
        self._graph.train(vectors)
        self._graph.add(vectors)
        self._graph.hnsw.efSearch = LOOKED_AT

    def add(self, row: Row) -> None:
        """It is linked with its neighbours."""
        self._graph.add(row.vector[np.newaxis])
        self._users.append(row.entry.user_id)

    def nearest(self, wanted: Wanted, most: int) -> list[UUID]:
        """By one query for all, along the links."""
        _, places = self._graph.search(wanted.among(EVERYTHING, self._dim)[np.newaxis], most)
        return [self._users[place] for place in places[0] if place >= 0]


AS_USED: Final = "as used"
WAYS: dict[str, Callable[[Sequence[Row], int], Index]] = {
    AS_USED: InSegments,
    "in cells": InCells,
    "numpy": InNumpy,
    "HNSW": InGraph,
}
