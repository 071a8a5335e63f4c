"""The student for whom staff look for a mentor: found, and shown with what they ask for and with whom they work."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_, select

from core.models import Match, MatchHealth, Profile, Request, User
from core.rules.errors import NotFound
from core.rules.health import HealthState
from core.rules.matches import LIVE
from core.rules.requests import OPEN, NextStep, RequestState
from core.rules.roles import PersonState, Role
from core.services.matches import live_matches
from core.uow import Reading

SHOWN = 20
URGENT_FIRST = (NextStep.STAFF, NextStep.RETRY)
"""Requests for which staff match by hand most of all: with them, and on the waiting list."""


@dataclass(frozen=True)
class FoundStudent:
    """A line of a list to choose from."""

    student_id: UUID
    name: str
    headline: str
    request: RequestState | None


@dataclass(frozen=True)
class Former:
    """The match that the new one is to follow, and how it does."""

    match_id: UUID
    mentor: str
    health: HealthState | None
    causes: tuple[str, ...]
    step: str


@dataclass(frozen=True)
class StudentAtHand:
    """A student with what staff weigh before they look for a mentor."""

    student_id: UUID
    name: str
    headline: str
    goals: str
    wish: str
    must_share: tuple[str, ...]
    request: RequestState | None
    mentors: tuple[str, ...]
    former: Former | None = None


def find_students(reading: Reading, typed: str) -> tuple[FoundStudent, ...]:
    """Students whose name or e-mail holds what was typed; without that, those whose request needs somebody."""
    statement = (
        select(User.id, User.name, Profile.headline, Request.state)
        .join(Profile, (Profile.user_id == User.id) & (Profile.role == Role.STUDENT))
        .outerjoin(Request, (Request.student_id == User.id) & Request.state.in_(OPEN))
        .where(User.state == PersonState.ACTIVE)
        .limit(SHOWN)
    )
    if said := typed.strip():
        fits = or_(User.name.icontains(said, autoescape=True), User.email.icontains(said, autoescape=True))
        statement = statement.where(fits).order_by(func.lower(User.name), User.id)
    else:
        waits = Request.next_step.in_(URGENT_FIRST)
        statement = statement.where(waits).order_by(Request.next_step.desc(), Request.created_at, Request.id)
    return tuple(FoundStudent(*row) for row in reading.session.execute(statement))


def student_at_hand(reading: Reading, student_id: UUID, match_id: UUID | None = None) -> StudentAtHand:
    """A student, and the match that another is to follow. Raises `NotFound` without a profile or match of theirs."""
    row = reading.session.execute(
        select(User.name, Profile.headline, Profile.goals)
        .join(Profile, (Profile.user_id == User.id) & (Profile.role == Role.STUDENT))
        .where(User.id == student_id)
    ).one_or_none()
    if row is None:
        raise NotFound(student_id=student_id)
    request = reading.session.scalar(
        select(Request).where(Request.student_id == student_id, Request.state.in_(OPEN)).limit(1)
    )
    return StudentAtHand(
        student_id=student_id,
        name=row.name,
        headline=row.headline,
        goals=row.goals,
        wish=request.wish if request else "",
        must_share=tuple(request.must_share) if request else (),
        request=request.state if request else None,
        mentors=tuple(one.partner_name for one in live_matches(reading, student_id) if one.i_am_student),
        former=_former(reading, student_id, match_id) if match_id else None,
    )


def student_of_request(reading: Reading, request_id: UUID) -> UUID | None:
    """Whose request this is."""
    return reading.session.scalar(select(Request.student_id).where(Request.id == request_id))


def student_of_profile(reading: Reading, profile_id: UUID) -> UUID | None:
    """Whose profile this is."""
    return reading.session.scalar(select(Profile.user_id).where(Profile.id == profile_id))


def match_of_health(reading: Reading, health_id: UUID) -> UUID | None:
    """Of which match this is the health."""
    return reading.session.scalar(select(MatchHealth.match_id).where(MatchHealth.id == health_id))


def student_of_match(reading: Reading, match_id: UUID) -> UUID | None:
    """The student of a match that runs."""
    return reading.session.scalar(select(Match.student_id).where(Match.id == match_id, Match.state.in_(LIVE)))


def _former(reading: Reading, student_id: UUID, match_id: UUID) -> Former:
    row = reading.session.execute(
        select(Match.id, User.name, MatchHealth)
        .join(User, User.id == Match.mentor_id)
        .outerjoin(MatchHealth, MatchHealth.match_id == Match.id)
        .where(Match.id == match_id, Match.student_id == student_id)
    ).one_or_none()
    if row is None:
        raise NotFound(match_id=match_id)
    mentor: str = row.name
    health: MatchHealth | None = row.MatchHealth
    if health is None:
        return Former(match_id, mentor, None, (), "")
    return Former(match_id, mentor, health.state, tuple(health.causes), health.step)
