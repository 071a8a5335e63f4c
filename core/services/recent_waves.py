"""The newest waves with what they were computed from and what was answered: what other weights are tried on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from core.models import Batch, Offer
from core.rules.offers import BatchState, OfferState
from core.services.taxonomy import taxonomy_of
from core.taxonomy import Taxonomy
from core.uow import Reading

RECENT = 200


@dataclass(frozen=True)
class RecentWave:
    """One wave as it was stored, and what became of its offers, by mentor."""

    batch_id: UUID
    request_id: UUID
    student_id: UUID
    first: bool  # of its request, and not taken back
    model: str
    inputs: Mapping[str, Any]
    taxonomy: Taxonomy
    answers: Mapping[UUID, OfferState]


def recent_waves(reading: Reading, most: int = RECENT) -> tuple[RecentWave, ...]:
    """The newest waves that keep what they were computed from, the newest first. Those of a whole intake's plan are
    left out: there a student's mentor also hangs on the others'.
    """
    found = Batch.inputs.has_key("candidates"), ~Batch.inputs.has_key("cohort_run")
    kept = select(Batch).where(*found).order_by(Batch.id.desc()).limit(most)
    batches = reading.session.scalars(kept).all()
    answers: dict[UUID, dict[UUID, OfferState]] = {batch.id: {} for batch in batches}
    offers = select(Offer.batch_id, Offer.mentor_id, Offer.state).where(Offer.batch_id.in_(answers))
    for batch_id, mentor_id, state in reading.session.execute(offers):
        answers[batch_id][mentor_id] = state
    return tuple(
        RecentWave(
            batch.id,
            batch.request_id,
            batch.student_id,
            batch.wave == 1 and batch.state is not BatchState.WITHDRAWN,
            batch.model,
            batch.inputs,
            taxonomy_of(reading, batch.inputs.get("taxonomy", 0)),
            answers[batch.id],
        )
        for batch in batches
    )
