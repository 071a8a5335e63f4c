"""Matches, as the pair and staff see them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from core.models import Match, Request, User
from core.queue import Job
from core.rules.agreements import NOT_YET, Agreement
from core.rules.erasure import GONE
from core.rules.errors import NotAllowed, NotFound
from core.rules.matches import LIVE, MatchState, require_live
from core.rules.profiles import ProfileAnswers
from core.rules.roles import PersonState, Role
from core.rules.scores import CriterionScore
from core.services.people import Person, by_id, standing
from core.services.policies import policies_at
from core.services.profiles import ProfileCard, card
from core.services.two_sides import TwoSides, either_side
from core.uow import Reading, Work


class NoMatch(NotAllowed):
    """This needs a running match, and the person has none."""

    code = "no_match"


@dataclass(frozen=True)
class MatchView:
    """A match with both people's cards and why they fit. Both said yes, so each may write to the other.

    `welcome` and `agenda` are the programme's own words for the introduction, as they were when the match began.
    """

    match_id: UUID
    state: MatchState
    student: ProfileCard
    mentor: ProfileCard
    wish: str
    criteria: tuple[CriterionScore, ...]
    student_email: str | None = None
    mentor_email: str | None = None
    agreement: Agreement = NOT_YET
    paused_until: datetime | None = None
    welcome: str = ""
    agenda: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pair(TwoSides):
    """The two people of a match, and their group conversation once there is one."""

    match_id: UUID
    student: Person
    mentor: Person
    slack_channel: str | None


def own_match(reading: Reading, match_id: UUID) -> Match:
    """A match that the actor is part of. Raises `NotFound` for everybody else's."""
    match = _match(reading, match_id)
    if reading.actor.user_id not in (match.student_id, match.mentor_id):
        raise NotFound(match_id=match_id)
    return match


def lock_match(work: Work, match_id: UUID) -> Match:
    """The match as it is now, locked: what becomes of it, and of its meetings, happens one after the other."""
    statement = select(Match).where(Match.id == match_id).with_for_update()
    return work.session.scalars(statement.execution_options(populate_existing=True)).one()


def side_of(match: Match, person_id: UUID | None) -> UUID:
    """This person, as one of the two. Raises `NotFound` for anybody else."""
    return partner_of(match, partner_of(match, person_id))


def partner_of(match: Match, person_id: UUID | None) -> UUID:
    """The other side of a match. Raises `NotFound` for who is none of the two."""
    if person_id not in (match.student_id, match.mentor_id):
        raise NotFound(match_id=match.id)
    return match.mentor_id if person_id == match.student_id else match.student_id


def refresh_homes(work: Work, match: Match) -> None:
    """Draw the Home tabs of both again."""
    for person_id in (match.student_id, match.mentor_id):
        work.queue(Job.REFRESH_HOME, person_id)


def match_view(reading: Reading, match_id: UUID) -> MatchView:
    """A match as its pair sees it. Raises `NotFound` for others."""
    match = _match(reading, match_id)
    policies = policies_at(reading, match.started_at)
    return MatchView(
        match_id=match.id,
        state=match.state,
        student=_side(reading, match.student_id, Role.STUDENT),
        mentor=_side(reading, match.mentor_id, Role.MENTOR),
        wish=wish_of(reading, match),
        criteria=tuple(CriterionScore.from_json(part) for part in match.criteria),
        student_email=by_id(reading, match.student_id).email,
        mentor_email=by_id(reading, match.mentor_id).email,
        agreement=agreement_of(match),
        paused_until=match.paused_until,
        welcome=policies.welcome,
        agenda=policies.agenda_points,
    )


def _side(reading: Reading, person_id: UUID, role: Role) -> ProfileCard:
    """A profile; of who was erased there is nothing to tell."""
    if standing(reading, person_id) is PersonState.ERASED:
        return ProfileCard(person_id, GONE, None, "UTC", ProfileAnswers(role, "", ""))
    return card(reading, person_id, role)


def agreement_of(match: Match) -> Agreement:
    """What a match's pair wants to reach, as stored."""
    by = tuple(UUID(one) for one in match.agreed_by)
    return Agreement(match.goals, match.cadence_days, by, match.agreed_at)


def wish_of(reading: Reading, match: Match) -> str:
    """What the student hoped for when they asked; empty for a match without a request."""
    return reading.session.scalar(select(Request.wish).where(Request.id == match.request_id)) or ""


def pair(reading: Reading, match_id: UUID) -> Pair:
    """Who belongs to a match."""
    match = _match(reading, match_id)
    return Pair(match.id, by_id(reading, match.student_id), by_id(reading, match.mentor_id), match.slack_channel)


@dataclass(frozen=True)
class LiveMatch:
    """One line of a person's dashboard."""

    match_id: UUID
    partner_name: str
    i_am_student: bool
    slack_channel: str | None


def live_matches(reading: Reading, person_id: UUID) -> tuple[LiveMatch, ...]:
    """A person's running matches, newest first."""
    student, mentor = aliased(User), aliased(User)
    rows = reading.session.execute(
        select(Match, student, mentor)
        .join(student, student.id == Match.student_id)
        .join(mentor, mentor.id == Match.mentor_id)
        .where(either_side(Match, person_id), Match.state.in_(LIVE))
        .order_by(Match.started_at.desc())
    )
    return tuple(_live(match, person_id, *people) for match, *people in rows)


def _live(match: Match, person_id: UUID, student: User, mentor: User) -> LiveMatch:
    i_am_student = match.student_id == person_id
    partner = mentor if i_am_student else student
    return LiveMatch(match.id, partner.name, i_am_student, match.slack_channel)


def partners_now(reading: Reading, person_id: UUID, chosen: UUID | None = None) -> tuple[LiveMatch, ...]:
    """A person's running matches, `chosen` among them if it is given. Raises `NoMatch` without any, and `MatchOver` if
    the chosen one is over: nobody means one partner and gets another.
    """
    if chosen:
        require_live(own_match(reading, chosen).state)
    found = live_matches(reading, person_id)
    if not found:
        raise NoMatch
    return found


def _match(reading: Reading, match_id: UUID) -> Match:
    match = reading.session.get(Match, match_id)
    if match is None:
        raise NotFound(match_id=match_id)
    return match
