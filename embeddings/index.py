"""The FAISS index of all mentors: one copy in each process, built from PostgreSQL and following its changes."""

import hashlib
import math
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Final
from uuid import UUID

import faiss
import numpy as np
from sqlalchemy import func, select

from core.models import Profile, ProfileVector
from core.rules.roles import Role
from core.rules.scores import DEFAULT_WEIGHTS, Criterion
from core.uow import Reading
from embeddings.facets import Facet
from embeddings.profiles import OVERLAP
from embeddings.store import IS_MARK, facet_rows
from embeddings.vectors import Encoder, Matrix, unit

CRITERION_OF: Final[Mapping[Facet, Criterion]] = {
    Facet.GOALS: Criterion.GOALS,
    Facet.EXPERTISE: Criterion.EXPERTISE,
    Facet.RESEARCH: Criterion.RESEARCH,
    Facet.SKILLS: Criterion.SKILLS,
}
READ_AT_ONCE: Final = 500  # profiles; some 25 MB of vectors


@dataclass(frozen=True)
class Entry:
    """Whose vector stands in a row of the index, and of what content."""

    profile_id: UUID
    user_id: UUID
    content_hash: str


@dataclass(frozen=True)
class Snapshot:
    """The index at one moment. It never changes: searches go on in it while the next one is made."""

    entries: tuple[Entry, ...]
    contents: Mapping[UUID, str]  # by profile
    rows: faiss.IndexFlatIP
    version: str
    seen_until: datetime | None


def person_vector(facets: Mapping[Facet, Matrix], dim: int) -> Matrix:
    """One vector for a person from the rows of each facet: their mean at length 1 times the root of its weight.

    All facets side by side, and the whole at length 1, shape (4 x dim,). The inner product of two such vectors
    is the weighted mean of how alike the facets are that both sides filled in.
    """
    blocks = [
        math.sqrt(DEFAULT_WEIGHTS[criterion]) * unit(facets[facet].sum(axis=0))
        if facet in facets
        else np.zeros(dim, np.float32)
        for facet, criterion in CRITERION_OF.items()
    ]
    return unit(np.concatenate(blocks).astype(np.float32))


class MentorIndex:
    """Finds the mentors nearest to a request. Any number of threads may share one."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._refreshing = threading.Lock()
        self._snapshot = self._made((), np.zeros((0, self._width), np.float32), None)

    @property
    def version(self) -> str:
        """Names what was searched: kind, number of mentors, and a fingerprint of their contents."""
        return self._snapshot.version

    def __len__(self) -> int:
        return len(self._snapshot.entries)

    @property
    def _width(self) -> int:
        return len(CRITERION_OF) * self._encoder.dim

    def search(self, facets: Mapping[Facet, Matrix], most: int) -> list[UUID]:
        """The user ids of the nearest mentors, nearest first. Some may have left since: look at fresh rows."""
        snapshot = self._snapshot
        most = min(most, len(snapshot.entries))
        if most == 0:
            return []
        query = person_vector(facets, self._encoder.dim)
        _, places = snapshot.rows.search(query[np.newaxis], most)
        return [snapshot.entries[place].user_id for place in places[0]]

    def refresh(self, reading: Reading) -> None:
        """Take in what was encoded since the last time, and drop profiles that are gone."""
        with self._refreshing:
            old = self._snapshot
            marks = _marks(reading, self._encoder.name, old.seen_until)
            changed = {entry for entry, _ in marks if old.contents.get(entry.profile_id) != entry.content_hash}
            gone = self._gone(reading, old, changed)
            if not changed and not gone:
                return
            dropped = gone | {entry.profile_id for entry in changed}
            kept = [place for place, entry in enumerate(old.entries) if entry.profile_id not in dropped]
            new = sorted(changed, key=attrgetter("profile_id"))
            vectors = self._read(reading, [entry.profile_id for entry in new])
            self._snapshot = self._made(
                (*(old.entries[place] for place in kept), *new),
                np.concatenate([_rows_of(old)[kept], vectors]),
                max(seen for _, seen in marks) if marks else old.seen_until,
            )

    def _gone(self, reading: Reading, old: Snapshot, changed: set[Entry]) -> set[UUID]:
        """Profiles in the index that exist no more. Only if the numbers differ is there a reason to look."""
        held = old.contents.keys()
        mentors = select(func.count()).where(Profile.role == Role.MENTOR)
        if reading.session.scalar(mentors) == len(held | {entry.profile_id for entry in changed}):
            return set()
        return held - set(reading.session.scalars(select(Profile.id).where(Profile.role == Role.MENTOR)))

    def _read(self, reading: Reading, profile_ids: Sequence[UUID]) -> Matrix:
        """The vectors of these mentors, shape (len(profile_ids), width)."""
        rows = np.zeros((len(profile_ids), self._width), np.float32)
        places = {profile_id: place for place, profile_id in enumerate(profile_ids)}
        for start in range(0, len(profile_ids), READ_AT_ONCE):
            some = profile_ids[start : start + READ_AT_ONCE]
            for profile_id, facets in facet_rows(reading, self._encoder.name, some).items():
                rows[places[profile_id]] = person_vector(facets, self._encoder.dim)
        return rows

    def _made(self, entries: tuple[Entry, ...], rows: Matrix, seen_until: datetime | None) -> Snapshot:
        index = faiss.IndexFlatIP(self._width)
        index.add(rows)
        contents = {entry.profile_id: entry.content_hash for entry in entries}
        digest = hashlib.sha256("".join(sorted(contents.values())).encode()).hexdigest()
        return Snapshot(entries, contents, index, f"flat-ip/{len(entries)}/{digest[:16]}", seen_until)


def _marks(reading: Reading, model: str, since: datetime | None) -> list[tuple[Entry, datetime]]:
    """The mentors encoded since then, with a little more: rows may be seen later than their time says."""
    query = (
        select(Profile.id, Profile.user_id, ProfileVector.content_hash, ProfileVector.updated_at)
        .join(ProfileVector, ProfileVector.profile_id == Profile.id)
        .where(Profile.role == Role.MENTOR, IS_MARK, ProfileVector.model == model)
    )
    if since is not None:
        query = query.where(ProfileVector.updated_at > since - OVERLAP)
    return [(Entry(*row[:3]), row.updated_at) for row in reading.session.execute(query)]


def _rows_of(snapshot: Snapshot) -> Matrix:
    rows: Matrix = snapshot.rows.reconstruct_n(0, len(snapshot.entries))
    return rows
