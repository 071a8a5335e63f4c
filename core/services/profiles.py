"""Profiles: one per person and role, made and edited by their owner."""

from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from sqlalchemy import select

from core.models import Profile, User
from core.queue import Job
from core.rules.errors import NotFound
from core.rules.profiles import ProfileAnswers, checked, content_hash
from core.rules.roles import Role
from core.services.exposure import take_back_surplus
from core.services.offer_locks import lock_person
from core.services.people import grant_role
from core.services.taxonomy import current_taxonomy
from core.uow import Reading, Work

ANSWERS = tuple(each.name for each in fields(ProfileAnswers) if each.name != "role")
"""What a person answers in the form of a role."""


@dataclass(frozen=True)
class ProfileCard:
    """A profile with its person, as others see it."""

    person_id: UUID
    name: str
    slack_user_id: str | None
    tz: str
    answers: ProfileAnswers
    current_mentees: int = 0


def save_profile(work: Work, person_id: UUID, answers: ProfileAnswers) -> UUID:
    """Make or change one's profile in one role; the next request sees it. Raises `InvalidFields`.

    A mentor who wants fewer mentees is asked about fewer students at once; one who may be new, or free, is offered
    to who waits.
    """
    answers = checked(answers, current_taxonomy(work))
    profile = _find(work, person_id, answers.role)
    fewer = profile is not None and answers.max_mentees < profile.max_mentees and answers.role is Role.MENTOR
    if fewer:
        with work.as_system():
            lock_person(work, person_id)
    if profile is None:
        profile = Profile(user_id=person_id, role=answers.role)
        work.session.add(profile)
    fill_in(profile, answers)
    grant_role(work, person_id, answers.role)
    work.session.flush()
    if fewer:
        with work.as_system():
            take_back_surplus(work, profile)
    if answers.role is Role.MENTOR:
        work.queue(Job.FILL_PLACES, person_id)
    work.queue(Job.ENCODE_PROFILE, profile.id)
    work.queue(Job.REFRESH_HOME, person_id)
    return profile.id


def fill_in(profile: Profile, answers: ProfileAnswers) -> None:
    """Write checked answers into a profile: each stands in the column of its name."""
    for name in ANSWERS:
        told = getattr(answers, name)
        setattr(profile, name, list(told) if isinstance(told, tuple) else told)
    profile.content_hash = content_hash(answers)


def own_answers(reading: Reading, person_id: UUID) -> dict[Role, ProfileAnswers]:
    """What a person told so far, by role: to fill in the form with."""
    rows = reading.session.scalars(select(Profile).where(Profile.user_id == person_id))
    return {profile.role: answers_of(profile) for profile in rows}


def profile_id(reading: Reading, person_id: UUID, role: Role) -> UUID:
    """The id of a person's profile in a role. Raises `NotFound` without one."""
    profile = _find(reading, person_id, role)
    if profile is None:
        raise NotFound(person_id=person_id)
    return profile.id


def card(reading: Reading, person_id: UUID, role: Role) -> ProfileCard:
    """A person's profile in a role, if the actor may see it. Raises `NotFound` otherwise."""
    for found in cards(reading, person_id):
        if found.answers.role is role:
            return found
    raise NotFound(person_id=person_id)


def cards(reading: Reading, person_id: UUID) -> tuple[ProfileCard, ...]:
    """Every profile of a person that the actor may see."""
    rows = reading.session.execute(
        select(Profile, User)
        .join(User, User.id == Profile.user_id)
        .where(Profile.user_id == person_id)
        .order_by(Profile.role)
    )
    return tuple(
        ProfileCard(user.id, user.name, user.slack_user_id, user.tz, answers_of(profile), profile.current_mentees)
        for profile, user in rows
    )


def _find(reading: Reading, person_id: UUID, role: Role) -> Profile | None:
    return reading.session.scalar(select(Profile).where(Profile.user_id == person_id, Profile.role == role))


def answers_of(profile: Profile) -> ProfileAnswers:
    """What a profile tells, as the form asked it."""
    told: dict[str, Any] = {name: getattr(profile, name) for name in ANSWERS}
    lists = {name: tuple(each) for name, each in told.items() if isinstance(each, list)}
    return ProfileAnswers(profile.role, **told | lists)
