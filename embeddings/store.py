"""Vectors of profiles in PostgreSQL, as whoever compares reads them."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from uuid import UUID

import numpy as np
from sqlalchemy import select

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


def facet_rows(reading: Reading, model: str, profile_ids: Sequence[UUID]) -> dict[UUID, dict[Facet, Matrix]]:
    """The vectors of these profiles, those of each facet stacked. Facets left empty are left out."""
    rows = reading.session.execute(
        select(ProfileVector.profile_id, ProfileVector.facet, ProfileVector.vector)
        .where(
            ProfileVector.model == model,
            ProfileVector.profile_id.in_(profile_ids),
            ProfileVector.text != "",
        )
        .order_by(ProfileVector.profile_id, ProfileVector.facet, ProfileVector.position)
    )
    found: dict[UUID, dict[Facet, Matrix]] = {}
    for (profile_id, facet), each in groupby(rows, lambda row: (row.profile_id, row.facet)):
        found.setdefault(profile_id, {})[Facet(facet)] = np.stack([unpacked(row.vector) for row in each])
    return found
