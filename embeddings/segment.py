"""A part of the index that never changes: FAISS over the vectors of some mentors."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import faiss
import numpy as np

from embeddings.person import CRITERION_OF, Filled, Wanted
from embeddings.vectors import Matrix

AT_ONCE: Final = 4096  # vectors; some 40 MB
TRAINED_ON: Final = 40  # vectors for each cell of an approximate group
PROBED: Final = 0.125  # of the cells, for few neighbours
SPARE: Final = 8  # times as many are looked through as are wanted, at least


@dataclass(frozen=True)
class Entry:
    """Whose vector it is, and of what content."""

    profile_id: UUID
    user_id: UUID
    content_hash: str


@dataclass(frozen=True)
class Row:
    """An entry with its vector, as it goes into a segment."""

    entry: Entry
    filled: Filled
    vector: Matrix


@dataclass(frozen=True)
class Group:
    """The mentors who filled in the same facets: for them one query vector is the same as for all."""

    entries: tuple[Entry, ...]
    vectors: Any  # a FAISS index, its rows in the order of the entries

    def nearest(self, query: Matrix, most: int) -> list[tuple[float, Entry]]:
        """The nearest, nearest first: so many, or all there are."""
        faiss.omp_set_num_threads(1)  # it counts for this thread alone; more would spin while the one computes
        most = min(most, len(self.entries))
        scores, places = self.vectors.search(query[np.newaxis], most, params=self._probing(most))
        if places[0, -1] < 0:  # the cells looked through held fewer: look through all
            scores, places = self.vectors.search(query[np.newaxis], most, params=self._probing(len(self.entries)))
        return [(float(score), self.entries[place]) for score, place in zip(scores[0], places[0], strict=True)]

    def _probing(self, most: int) -> Any:
        if not isinstance(self.vectors, faiss.IndexIVF):
            return None
        cells = self.vectors.nlist
        share = min(1.0, max(PROBED, most * SPARE / len(self.entries)))
        parameters = faiss.SearchParametersIVF()
        parameters.nprobe = math.ceil(share * cells)
        return parameters

    def rows(self, filled: Filled, without: Collection[UUID]) -> Iterator[Row]:
        """All of it again, but for these profiles."""
        for start in range(0, len(self.entries), AT_ONCE):
            some = self.entries[start : start + AT_ONCE]
            for entry, vector in zip(some, self.vectors.reconstruct_n(start, len(some)), strict=True):
                if entry.profile_id not in without:
                    yield Row(entry, filled, vector)


@dataclass(frozen=True)
class Segment:
    """Mentors by the facets they filled in. Any number of threads may search it."""

    groups: Mapping[Filled, Group]
    entries: Mapping[UUID, Entry]  # by profile

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def kind(self) -> str:
        """How it is searched."""
        return "ivf" if any(isinstance(group.vectors, faiss.IndexIVF) for group in self.groups.values()) else "flat"

    def nearest(self, wanted: Wanted, dim: int, most: int, without: Collection[UUID]) -> list[tuple[float, Entry]]:
        """The nearest of each group, but for these profiles."""
        found = []
        for filled, group in self.groups.items():
            for score, entry in group.nearest(wanted.among(filled, dim), most + len(without)):
                if entry.profile_id not in without:
                    found.append((score, entry))
        return found

    def rows(self, without: Collection[UUID] = ()) -> Iterator[Row]:
        """All of it again, but for these profiles."""
        for filled, group in self.groups.items():
            yield from group.rows(filled, without)


def build(rows: Iterable[Row], dim: int, exact_up_to: int) -> Segment:
    """A segment of these rows. Vectors are kept at half precision, which changes no neighbour that matters."""
    entries: dict[Filled, list[Entry]] = defaultdict(list)
    waiting: dict[Filled, list[Matrix]] = defaultdict(list)
    flat: dict[Filled, Any] = {}
    for row in rows:
        if row.filled not in flat:
            flat[row.filled] = _flat(dim)
        entries[row.filled].append(row.entry)
        waiting[row.filled].append(row.vector)
        if len(waiting[row.filled]) == AT_ONCE:
            flat[row.filled].add(np.stack(waiting.pop(row.filled)))
    for filled, rest in waiting.items():
        flat[filled].add(np.stack(rest))
    groups = {}
    for filled, some in entries.items():
        vectors = flat.pop(filled)
        groups[filled] = Group(tuple(some), vectors if len(some) <= exact_up_to else _in_cells(vectors, dim))
    return Segment(groups, {entry.profile_id: entry for some in entries.values() for entry in some})


def _flat(dim: int) -> Any:
    return faiss.IndexScalarQuantizer(
        len(CRITERION_OF) * dim, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )


def _in_cells(flat: Any, dim: int) -> Any:
    """The same vectors in cells (an inverted file), about as many as each cell holds."""
    width, cells = len(CRITERION_OF) * dim, math.isqrt(flat.ntotal)
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(width), width, cells, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT, False
    )
    index.cp.niter, index.cp.min_points_per_centroid = 8, 1
    index.train(_sample(flat, cells * TRAINED_ON))
    for start in range(0, flat.ntotal, AT_ONCE):
        index.add(flat.reconstruct_n(start, min(AT_ONCE, flat.ntotal - start)))
    index.make_direct_map()
    return index


def _sample(flat: Any, most: int) -> Matrix:
    """Vectors evenly from all of them."""
    places: Sequence[int] = range(0, flat.ntotal, max(1, flat.ntotal // most))
    return np.stack([flat.reconstruct(place) for place in places])
