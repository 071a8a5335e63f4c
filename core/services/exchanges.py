"""What was asked and answered about an offer, as both sides read it on their cards."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from core.models import OfferQuestion
from core.rules.offer_questions import answer_by
from core.uow import Reading


@dataclass(frozen=True)
class Exchange:
    """A question about an offer, and its answer once there is one."""

    question_id: UUID
    question: str
    answer: str | None
    answer_by: datetime


def exchanges(reading: Reading, offer_id: UUID) -> tuple[Exchange, ...]:
    """What was asked and answered about an offer, in order."""
    rows = reading.session.scalars(
        select(OfferQuestion).where(OfferQuestion.offer_id == offer_id).order_by(OfferQuestion.id)
    )
    return tuple(map(exchange, rows))


def exchange(asked: OfferQuestion) -> Exchange:
    """One question, as it stands."""
    return Exchange(asked.id, asked.question, asked.answer, answer_by(asked.created_at))
