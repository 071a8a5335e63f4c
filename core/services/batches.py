"""Waves as they were stored: what went out, and what it was computed from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from core.models import Batch, Offer, User
from core.rules.errors import NotFound
from core.rules.facts import Proposal
from core.rules.scores import CriterionScore
from core.services.taxonomy import taxonomy_of
from core.taxonomy import BUILT_IN, Taxonomy
from core.uow import Reading


@dataclass(frozen=True)
class StoredBatch:
    """One wave, with its offers as they went out, best first. Without inputs it cannot be computed again."""

    id: UUID
    wave: int
    created_at: datetime
    model: str
    weights_version: int
    index_version: str
    inputs: Mapping[str, Any]
    offers: tuple[Proposal, ...]
    names: Mapping[UUID, str]  # of those of its mentors who are still known
    taxonomy: Taxonomy = BUILT_IN  # what tags meant then


def stored_batch(reading: Reading, batch_id: UUID) -> StoredBatch:
    """A wave, whatever has become of it. Raises `NotFound`."""
    batch = reading.session.get(Batch, batch_id)
    if batch is None:
        raise NotFound(batch_id=batch_id)
    offers = reading.session.scalars(select(Offer).where(Offer.batch_id == batch.id).order_by(Offer.rank)).all()
    known = {UUID(mentor_id) for mentor_id, *_ in batch.inputs.get("candidates", ())}
    known |= {offer.mentor_id for offer in offers}
    names = reading.session.execute(select(User.id, User.name).where(User.id.in_(known)))
    return StoredBatch(
        id=batch.id,
        wave=batch.wave,
        created_at=batch.created_at,
        model=batch.model,
        weights_version=batch.weights_version,
        index_version=batch.index_version,
        inputs=batch.inputs,
        offers=tuple(
            Proposal(offer.mentor_id, offer.score, tuple(map(CriterionScore.from_json, offer.criteria)))
            for offer in offers
        ),
        names={row.id: row.name for row in names},
        taxonomy=taxonomy_of(reading, batch.inputs.get("taxonomy", 0)),
    )
