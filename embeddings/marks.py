"""Which mentors have vectors, of what content, and since when: what the index follows."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from core.models import Profile, ProfileVector
from core.rules.roles import Role
from core.uow import Reading
from embeddings.segment import Entry
from embeddings.store import IS_MARK

# A row's time is when its transaction began: it may be seen later than rows of a later time, by as long as a
# transaction may take.
OVERLAP: Final = timedelta(minutes=2)


def now(reading: Reading) -> datetime:
    """When this transaction began, by the clock that also stamps the rows."""
    return reading.session.scalars(select(func.now())).one()


def encoded_since(reading: Reading, model: str, moment: datetime | None) -> list[Entry]:
    """The mentors encoded since then; without a moment, all."""
    query = (
        select(Profile.id, Profile.user_id, ProfileVector.content_hash)
        .join(ProfileVector, ProfileVector.profile_id == Profile.id)
        .where(Profile.role == Role.MENTOR, IS_MARK, ProfileVector.model == model)
    )
    if moment is not None:
        query = query.where(ProfileVector.updated_at > moment)
    return [Entry(*row) for row in reading.session.execute(query)]


def count(reading: Reading) -> int:
    """How many mentors have a profile, encoded or not."""
    return reading.session.scalar(select(func.count()).where(Profile.role == Role.MENTOR)) or 0


def existing(reading: Reading) -> set[UUID]:
    """The profiles of all mentors."""
    return set(reading.session.scalars(select(Profile.id).where(Profile.role == Role.MENTOR)))
