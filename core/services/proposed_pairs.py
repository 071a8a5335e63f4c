"""Pairs that a matched intake proposes, and what of them is still to be done."""

from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select

from core.models import MatchingRun, ProposedPair
from core.rules.runs import RunState
from core.uow import Reading

TO_DO: Final[tuple[ColumnElement[bool], ...]] = (
    ProposedPair.chosen.is_(True),
    ProposedPair.match_id.is_(None),
    ProposedPair.offer_id.is_(None),
    func.cardinality(ProposedPair.refusals) == 0,
)
"""Chosen, neither brought together yet nor left out."""


def being_published(reading: Reading, request_id: UUID) -> bool:
    """Whether a plan that was published is about to bring this request's student together with somebody."""
    pair = exists().where(
        ProposedPair.request_id == request_id,
        ProposedPair.run_id == MatchingRun.id,
        MatchingRun.state == RunState.USED,
        *TO_DO,
    )
    return bool(reading.session.scalar(select(pair)))
