"""What people said, with its vectors, kept in memory for those who were looked at last."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

import numpy as np

from core.uow import Reading
from embeddings.facets import Facet
from embeddings.person import CRITERION_OF, Wanted
from embeddings.segment import Entry
from embeddings.store import Said, load_said
from embeddings.vectors import Matrix

MOST_BYTES: Final = 192 << 20  # of vectors; some nine thousand mentors


class Memory:
    """The vectors of some people, by content. Threads may share one."""

    def __init__(self, model: str, most_bytes: int = MOST_BYTES) -> None:
        self._model, self._most_bytes = model, most_bytes
        self._known: OrderedDict[UUID, Said] = OrderedDict()  # by profile, the last used last
        self._bytes = 0
        self._changing = threading.Lock()

    def of(self, reading: Reading, entries: Sequence[Entry]) -> dict[UUID, Said]:
        """What these people said, by profile, as of their entries' content or newer."""
        found = {}
        with self._changing:
            for entry in entries:
                said = self._known.get(entry.profile_id)
                if said is not None and said.content_hash == entry.content_hash:
                    found[entry.profile_id] = said
                    self._known.move_to_end(entry.profile_id)
        new = load_said(reading, self._model, [each.profile_id for each in entries if each.profile_id not in found])
        with self._changing:
            for profile_id, said in new.items():
                self._keep(profile_id, said)
        return found | new

    def _keep(self, profile_id: UUID, said: Said) -> None:
        old = self._known.pop(profile_id, None)
        self._known[profile_id] = said
        self._bytes += said.vectors.nbytes - (old.vectors.nbytes if old else 0)
        while self._bytes > self._most_bytes:
            _, dropped = self._known.popitem(last=False)
            self._bytes -= dropped.vectors.nbytes


def closeness(wanted: Wanted, people: Sequence[Said]) -> Matrix:
    """How well each person covers a request, between what the index and what the rubric says, shape (len(people),).

    Each thing asked for counts by the best single thing said in its facet, and a facet by the mean of these; facets
    by their weights, of those that both sides filled in.
    """
    points, weights = np.zeros(len(people), np.float32), np.zeros(len(people), np.float32)
    for facet, asked in wanted.facets.items():
        filled = [place for place, said in enumerate(people) if facet in said.facets]
        weight = wanted.weights[CRITERION_OF[facet]]
        if filled and weight:
            points[filled] += weight * _best(asked, [people[place] for place in filled], facet).mean(axis=0)
            weights[filled] += weight
    return np.divide(points, np.maximum(weights, 1), dtype=np.float32)


def _best(asked: Matrix, people: Sequence[Said], facet: Facet) -> Matrix:
    """The similarity of each thing asked for (row) with the best of what each person said (column)."""
    rows = [said.of(facet) for said in people]
    starts = np.cumsum([0, *(len(each) for each in rows[:-1])])
    found: Matrix = np.maximum.reduceat(asked @ np.concatenate(rows).astype(np.float32).T, starts, axis=1)
    return found


def rows_of(people: Iterable[Said]) -> dict[str, Matrix]:
    """The vector of each text that any of these people said."""
    return {text: row for said in people for text, row in zip(said.texts, said.vectors, strict=True)}
