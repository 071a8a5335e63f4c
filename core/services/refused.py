"""People whom Slack lets us write to no more: from now on by e-mail, and no student waits for them meanwhile.

Which of Slack's words brings which of these stands in `tasks/aftermath.py`. Meeting them in Slack again unmarks them.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from core.models import Offer, Profile, User
from core.notifications import Kind, notify, to_person
from core.rules.errors import NotFound
from core.rules.mentoring import PAUSE, is_paused
from core.rules.offers import OfferState
from core.rules.roles import PersonState, Role
from core.services.accounts import leave
from core.services.exposure import take_back
from core.services.mentoring import begin_pause
from core.services.offer_locks import lock_person
from core.services.people import unreachable
from core.uow import Reading, Work


@dataclass(frozen=True)
class MovedOn:
    """What a mentor whom Slack refused is told: whom they need not answer about any more, and how they stand."""

    profile_id: UUID
    mentor_id: UUID
    students: tuple[str, ...]
    has_left: bool
    paused_until: datetime | None
    tz: str


def account_closed(work: Work, person_id: UUID, code: str) -> None:
    """Their account is closed: they have left, as if Slack had told so by itself."""
    if leave(work, person_id):
        _tell(work, person_id)
    unreachable(work, person_id, code)


def shut_out(work: Work, person_id: UUID, code: str) -> None:
    """They are still there, and cannot be written to: what they were asked goes on to others at once.

    Nobody knows yet whether they read e-mail, so no further student waits for them either: who was asked is paused
    until they say in one tap that e-mail will do.
    """
    profile = lock_person(work, person_id)
    unreachable(work, person_id, code)
    if profile and take_back(work, person_id):
        begin_pause(work, profile, max(profile.paused_until or work.now, work.now + PAUSE))
        _tell(work, person_id)


def out_of_reach(work: Work, person_id: UUID) -> None:
    """Neither Slack nor e-mail reaches them: what they are asked goes on to others at once."""
    lock_person(work, person_id)
    take_back(work, person_id)


def _tell(work: Work, mentor_id: UUID) -> None:
    theirs = select(Profile.id).where(Profile.user_id == mentor_id, Profile.role == Role.MENTOR)
    profile_id = work.session.scalars(theirs).one()
    notify(work, to_person(mentor_id), Kind.OFFERS_MOVED_ON, profile_id, work.now.isoformat())


def moved_on(reading: Reading, profile_id: UUID) -> MovedOn:
    """Of which students a mentor was relieved at last, and how they stand. Raises `NotFound`."""
    profile = reading.session.get(Profile, profile_id)
    if profile is None:
        raise NotFound(profile_id=profile_id)
    mentor = reading.session.get_one(User, profile.user_id)
    until = profile.paused_until if is_paused(profile.paused_until, reading.now) else None
    has_left = mentor.state is PersonState.LEFT
    return MovedOn(profile.id, mentor.id, _relieved_of(reading, mentor.id), has_left, until, mentor.tz)


def _relieved_of(reading: Reading, mentor_id: UUID) -> tuple[str, ...]:
    """Names of the students whose offers were taken back last, all in one transaction."""
    taken_back = (Offer.mentor_id == mentor_id, Offer.state == OfferState.WITHDRAWN)
    last = select(func.max(Offer.answered_at)).where(*taken_back).scalar_subquery()
    names = select(User.name).join(Offer, Offer.student_id == User.id).where(*taken_back, Offer.answered_at == last)
    return tuple(reading.session.scalars(names.order_by(Offer.id)))
