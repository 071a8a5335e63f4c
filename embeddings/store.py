"""Vectors of profiles in PostgreSQL, as whoever compares reads them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ARRAY, Uuid, any_, literal, select

from core.models import ProfileVector
from core.uow import Reading
from embeddings.facets import Facet
from embeddings.halves import STORED
from embeddings.vectors import Matrix

# Every encoded profile has a first row of goals. Its hash tells what content was encoded.
IS_MARK = (ProfileVector.facet == Facet.GOALS) & (ProfileVector.position == 0)


def packed(vector: Matrix) -> bytes:
    """A vector as it is stored."""
    return vector.astype(STORED).tobytes()


def unpacked(stored: bytes) -> Matrix:
    """A stored vector."""
    return np.frombuffer(stored, STORED).astype(np.float32)


def load(reading: Reading, model: str, profile_ids: Iterable[UUID]) -> dict[str, Matrix]:
    """The vector of each text of these profiles."""
    rows = reading.session.execute(
        select(ProfileVector.text, ProfileVector.vector).where(
            ProfileVector.model == model, ProfileVector.profile_id.in_(list(profile_ids))
        )
    )
    return {text: unpacked(vector) for text, vector in rows if text}


@dataclass(frozen=True)
class Said:
    """What one person said, and the vectors of it as they are stored, those of each facet together."""

    content_hash: str
    texts: tuple[str, ...]
    vectors: NDArray[np.float16]
    facets: Mapping[Facet, slice]  # those that are not empty

    def of(self, facet: Facet) -> NDArray[np.float16]:
        """The vectors of a facet, row by row."""
        return self.vectors[self.facets[facet]]


def load_said(reading: Reading, model: str, profile_ids: Sequence[UUID]) -> dict[UUID, Said]:
    """What these people said, by profile. Who has no vectors of this model is left out."""
    if not profile_ids:
        return {}
    rows = reading.session.execute(
        select(
            ProfileVector.profile_id,
            ProfileVector.facet,
            ProfileVector.text,
            ProfileVector.vector,
            ProfileVector.content_hash,
        )
        .where(ProfileVector.model == model, ProfileVector.profile_id == any_(literal(profile_ids, ARRAY(Uuid))))
        .order_by(ProfileVector.profile_id, ProfileVector.facet, ProfileVector.position)
    )
    return {profile_id: _said(list(own)) for profile_id, own in groupby(rows, attrgetter("profile_id"))}


def _said(rows: Sequence[Any]) -> Said:
    told = [row for row in rows if row.text]
    vectors = np.frombuffer(b"".join(row.vector for row in told), STORED).reshape(len(told), -1)
    facets, start = {}, 0
    for facet, own in groupby(told, attrgetter("facet")):
        end = start + len(list(own))
        facets[Facet(facet)] = slice(start, end)
        start = end
    return Said(rows[0].content_hash, tuple(row.text for row in told), vectors, facets)
