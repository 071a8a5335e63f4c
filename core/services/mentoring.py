"""A mentor's own switch: no new students for a while, or again."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from core.models import Profile
from core.queue import Job
from core.rules.errors import NotAllowed
from core.rules.roles import Role
from core.uow import Work

PAUSE = timedelta(days=30)


class NoMentor(NotAllowed):
    """Only who mentors can pause from it."""

    code = "no_mentor"


def pause_mentoring(work: Work, mentor_id: UUID, span: timedelta = PAUSE) -> datetime:
    """No new students from now on; open offers and running matches stay. Returns when the pause ends by itself."""
    until = work.now + span
    _own_profile(work, mentor_id).paused_until = until
    work.queue(Job.REFRESH_HOME, mentor_id)
    return until


def resume_mentoring(work: Work, mentor_id: UUID) -> None:
    """New students again, from now on."""
    _own_profile(work, mentor_id).paused_until = None
    work.queue(Job.REFRESH_HOME, mentor_id)


def _own_profile(work: Work, mentor_id: UUID) -> Profile:
    profile = work.session.scalar(select(Profile).where(Profile.user_id == mentor_id, Profile.role == Role.MENTOR))
    if profile is None:
        raise NoMentor
    return profile
