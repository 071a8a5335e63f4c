"""A mentor's pause: begun by themselves or after silence, ended by themselves or by its date."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from core.models import Profile, User
from core.notifications import Kind, notify, redraw, to_person
from core.queue import Job
from core.rules.errors import NotAllowed, NotFound
from core.rules.mentoring import PAUSE, SILENT_BEFORE_PAUSE, after_silence, is_paused
from core.rules.roles import PersonState, Role
from core.services.offer_locks import lock_mentors
from core.services.policies import policies_at
from core.uow import Reading, Work

AT_ONCE = 200


class NoMentor(NotAllowed):
    """Only who mentors can pause from it."""

    code = "no_mentor"


@dataclass(frozen=True)
class PauseView:
    """A mentor's pause as they read of it."""

    profile_id: UUID
    mentor_id: UUID
    paused_until: datetime | None  # None once it is over
    tz: str
    ignored: int = SILENT_BEFORE_PAUSE  # offers in a row without an answer


def pause_mentoring(work: Work, mentor_id: UUID, span: timedelta = PAUSE) -> datetime:
    """No new students from now on; open offers and running matches stay. Returns when the pause ends by itself."""
    profile = _own_profile(work, mentor_id)
    begin_pause(work, profile, work.now + span)
    return work.now + span


def begin_pause(work: Work, profile: Profile, until: datetime) -> None:
    """Pause a mentor whose profile is locked."""
    profile.paused_until = until
    _show(work, profile)


def resume_mentoring(work: Work, mentor_id: UUID) -> None:
    """New students again, from now on. It is an answer: silence is counted anew."""
    profile = _own_profile(work, mentor_id)
    profile.paused_until, profile.ignored_offers = None, 0
    _show(work, profile)
    work.queue(Job.FILL_PLACES, mentor_id)


def note_silence(work: Work, profile: Profile, asked_at: datetime) -> None:
    """An offer to this mentor, whose profile is locked, expired without a word. After a few in a row they are paused:
    after how many counts by when they were asked.
    """
    most = policies_at(work, asked_at).silent_offers
    came_of_it = after_silence(profile.ignored_offers, profile.paused_until, work.now, most)
    profile.ignored_offers = came_of_it.ignored
    if came_of_it.paused_until:
        begin_pause(work, profile, came_of_it.paused_until)
        notify(work, to_person(profile.user_id), Kind.MENTOR_PAUSED, profile.id, came_of_it.paused_until.isoformat())


def pauses_over(reading: Reading) -> list[UUID]:
    """Mentors whose pause has ended by its date."""
    ended = select(Profile.user_id).where(Profile.paused_until <= reading.now, Profile.role == Role.MENTOR)
    return list(reading.session.scalars(ended.order_by(Profile.paused_until).limit(AT_ONCE)))


def end_pause(work: Work, mentor_id: UUID) -> None:
    """End a pause whose date has come, and tell the mentor, once; nobody if they are gone."""
    profile = lock_mentors(work, [mentor_id]).get(mentor_id)
    until = profile.paused_until if profile else None
    if profile is None or until is None or is_paused(until, work.now):
        return
    profile.paused_until = None
    _show(work, profile)
    if work.session.get_one(User, mentor_id).state is PersonState.ACTIVE:
        notify(work, to_person(mentor_id), Kind.PAUSE_OVER, profile.id, until.isoformat())
        work.queue(Job.FILL_PLACES, mentor_id)


def pause_view(reading: Reading, profile_id: UUID) -> PauseView:
    """A mentor's pause as it stands. Raises `NotFound`."""
    row = reading.session.execute(
        select(Profile, User.tz).join(User, User.id == Profile.user_id).where(Profile.id == profile_id)
    ).one_or_none()
    if row is None:
        raise NotFound(profile_id=profile_id)
    profile, tz = row
    until = profile.paused_until if is_paused(profile.paused_until, reading.now) else None
    return PauseView(profile.id, profile.user_id, until, tz, profile.ignored_offers)


def paused_until(reading: Reading, mentor_id: UUID) -> datetime | None:
    """When a mentor's pause ends; None if they take new students. Raises `NoMentor`."""
    profile = reading.session.scalar(select(Profile).where(Profile.user_id == mentor_id, Profile.role == Role.MENTOR))
    if profile is None:
        raise NoMentor
    return profile.paused_until if is_paused(profile.paused_until, reading.now) else None


def _show(work: Work, profile: Profile) -> None:
    redraw(work, Kind.MENTOR_PAUSED, profile.id)
    work.queue(Job.REFRESH_HOME, profile.user_id)


def _own_profile(work: Work, mentor_id: UUID) -> Profile:
    profile = lock_mentors(work, [mentor_id]).get(mentor_id)
    if profile is None:
        raise NoMentor
    return profile
