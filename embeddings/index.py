"""The index of all mentors: one copy in each process, built from PostgreSQL and following its changes.

It is a large segment, a small one with what changed since, and a list of what no longer counts in the large one. Once
much has changed, or somebody is gone, the two are merged in the background: searches and refreshes go on meanwhile.
"""

import hashlib
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import chain
from typing import Final
from uuid import UUID

import numpy as np

from core.uow import SYSTEM, Reading, Units
from embeddings import marks
from embeddings.person import Wanted, person_vector
from embeddings.segment import Entry, Row, Segment, build
from embeddings.store import load_said
from embeddings.vectors import Encoder

READ_AT_ONCE: Final = 500  # profiles; some 15 MB of vectors
EXACT_UP_TO: Final = 100_000  # mentors in one group: more than these are searched approximately
MERGE_AT: Final = 1000  # changes
EMPTY: Final = Segment({}, {})


@dataclass(frozen=True)
class Snapshot:
    """The index at one moment. It never changes: searches go on in it while the next one is made."""

    base: Segment = EMPTY
    recent: Segment = EMPTY
    dropped: frozenset[UUID] = frozenset()  # profiles of the base that are gone, or stand in `recent`

    def __len__(self) -> int:
        return len(self.base) - len(self.dropped) + len(self.recent)

    def entry(self, profile_id: UUID) -> Entry | None:
        """What counts of a profile, if it is in the index."""
        if profile_id in self.recent.entries:
            return self.recent.entries[profile_id]
        return None if profile_id in self.dropped else self.base.entries.get(profile_id)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All that counts."""
        old = (entry for profile_id, entry in self.base.entries.items() if profile_id not in self.dropped)
        return (*old, *self.recent.entries.values())

    @cached_property
    def version(self) -> str:
        """Kind, number of mentors, and a fingerprint of their contents, whatever their order."""
        digests = (hashlib.sha256(entry.content_hash.encode()).digest()[:8] for entry in self.entries)
        fingerprint = sum(int.from_bytes(digest, "big") for digest in digests) % 2**64
        return f"{self.base.kind}/{len(self)}/{fingerprint:016x}"


class MentorIndex:
    """Finds the mentors nearest to a request. Any number of threads may share one."""

    def __init__(self, encoder: Encoder, exact_up_to: int = EXACT_UP_TO, merge_at: int = MERGE_AT) -> None:
        self._encoder, self._exact_up_to, self._merge_at = encoder, exact_up_to, merge_at
        self._refreshing = threading.Lock()
        self._merging: threading.Thread | None = None
        self._snapshot = Snapshot()
        self._forgetting = False  # somebody is gone whose vectors are still in memory
        self._current_until: datetime | None = None  # vectors written before this are known to be in it

    @property
    def version(self) -> str:
        """Names what was searched."""
        return self._snapshot.version

    def __len__(self) -> int:
        return len(self._snapshot)

    def search(self, wanted: Wanted, most: int) -> list[Entry]:
        """The nearest mentors, nearest first. Some may have left since: look at fresh rows."""
        snapshot, dim = self._snapshot, self._encoder.dim
        found = snapshot.base.nearest(wanted, dim, most, snapshot.dropped)
        found += snapshot.recent.nearest(wanted, dim, most, ())
        found.sort(key=lambda each: (-each[0], each[1].user_id))
        return [entry for _, entry in found[:most]]

    def refresh(self, units: Units) -> set[UUID]:
        """Take in what was encoded since the last time, and drop profiles that are gone, which are returned.

        Each refresh looks at the database after the one before it, so the index never goes a step back.
        """
        with self._refreshing:
            old = self._snapshot
            with units.read(SYSTEM) as reading:
                until = marks.now(reading) - marks.OVERLAP
                seen = marks.encoded_since(reading, self._encoder.name, self._current_until)
                changed = [entry for entry in seen if old.entry(entry.profile_id) != entry]
                gone = _gone(reading, old, changed)
                if changed or gone:
                    self._snapshot = self._followed(old, self._read(reading, changed), gone)
            self._current_until = until
            self._forgetting |= bool(gone)
            self._merge_if_much_has_changed()
            return gone

    def settle(self) -> None:
        """Wait until nothing is merged."""
        if self._merging is not None:
            self._merging.join()

    def _read(self, reading: Reading, entries: Sequence[Entry]) -> Iterator[Row]:
        """The vectors of these mentors."""
        for start in range(0, len(entries), READ_AT_ONCE):
            some = {entry.profile_id: entry for entry in entries[start : start + READ_AT_ONCE]}
            for profile_id, said in load_said(reading, self._encoder.name, list(some)).items():
                facets = {facet: said.of(facet).astype(np.float32) for facet in said.facets}
                yield Row(some[profile_id], frozenset(facets), person_vector(facets, self._encoder.dim))

    def _followed(self, old: Snapshot, rows: Iterator[Row], gone: set[UUID]) -> Snapshot:
        if not old.base:
            return Snapshot(self._build(rows))
        new = list(rows)
        dropped = gone | {row.entry.profile_id for row in new}
        recent = self._build(chain(old.recent.rows(without=dropped), new))
        return Snapshot(old.base, recent, old.dropped | (dropped & old.base.entries.keys()))

    def _build(self, rows: Iterable[Row]) -> Segment:
        return build(rows, self._encoder.dim, self._exact_up_to)

    def _merge_if_much_has_changed(self) -> None:
        snapshot = self._snapshot
        busy = self._merging is not None and self._merging.is_alive()
        if not busy and (self._forgetting or len(snapshot.recent) + len(snapshot.dropped) > self._merge_at):
            self._forgetting = False
            self._merging = threading.Thread(target=self._merge, args=(snapshot,), name="merge", daemon=True)
            self._merging.start()

    def _merge(self, then: Snapshot) -> None:
        """Make one segment of two. What has changed while it was made stays beside it."""
        base = self._build(chain(then.base.rows(without=then.dropped), then.recent.rows()))
        with self._refreshing:
            now = self._snapshot
            dropped = frozenset(id_ for id_, entry in base.entries.items() if now.entry(id_) != entry)
            merged = base.entries.keys() - dropped
            recent = self._build(now.recent.rows(without=merged))
            self._snapshot = Snapshot(base, recent, dropped)


def _gone(reading: Reading, old: Snapshot, changed: Sequence[Entry]) -> set[UUID]:
    """Profiles in the index that exist no more. Only if there are too many is there a reason to look."""
    new = sum(old.entry(entry.profile_id) is None for entry in changed)
    if marks.count(reading) >= len(old) + new:
        return set()
    return {entry.profile_id for entry in old.entries} - marks.existing(reading)
