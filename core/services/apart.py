"""Two people who never meet, by the wish of one of them or of staff."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import InstrumentedAttribute

from core.models import Block

Somebody = UUID | InstrumentedAttribute[UUID] | InstrumentedAttribute[UUID | None]


def kept_apart(one: Somebody, other: Somebody) -> ColumnElement[bool]:
    """Whether either of the two has blocked the other. To be asked as the system: a block is seen by one side alone."""
    return exists().where(
        or_(
            and_(Block.user_id == one, Block.other_id == other),
            and_(Block.user_id == other, Block.other_id == one),
        )
    )
