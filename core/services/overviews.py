"""A mentorship as one of its two people sees it: how it stands, what they agreed on, when they met and meet next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from core.models import Match, Meeting
from core.rules.agreements import Agreement
from core.rules.matches import LIVE, MatchState
from core.rules.meetings import MeetingState
from core.services.listing import First, first
from core.services.matches import agreement_of, own_match, partner_of, side_of, wish_of
from core.services.people import Person, by_id
from core.uow import Reading


@dataclass(frozen=True)
class Contact:
    """How much a pair has met: meetings that took place and are to come."""

    meetings: int = 0
    minutes: int = 0
    last: datetime | None = None
    next: datetime | None = None


NEVER_MET = Contact()


@dataclass(frozen=True)
class Mentorship:
    """A mentorship from one side, whose `person` reads it."""

    match_id: UUID
    state: MatchState
    person: Person
    partner: Person
    i_am_student: bool
    wish: str
    agreement: Agreement
    started_at: datetime
    paused_until: datetime | None = None
    ended_at: datetime | None = None
    contact: Contact = NEVER_MET

    @property
    def is_live(self) -> bool:
        """Whether it runs, be it paused."""
        return self.state in LIVE

    @property
    def asks_me(self) -> bool:
        """Whether the other side proposed goals, and waits for this person."""
        return self.agreement.is_open and self.person.id not in self.agreement.agreed_by


def mentorship(reading: Reading, match_id: UUID) -> Mentorship:
    """One mentorship of the actor. Raises `NotFound` for everybody else's."""
    match = own_match(reading, match_id)
    me = side_of(match, reading.actor.user_id)
    return _seen(reading, match, me, _contacts(reading, [match.id]).get(match.id, NEVER_MET))


def mentors_of(reading: Reading, person_id: UUID, most: int) -> First[Mentorship]:
    """The running mentorships in which a person is the student, newest first."""
    return _running(reading, person_id, Match.student_id == person_id, most)


def mentees_of(reading: Reading, person_id: UUID, most: int) -> First[Mentorship]:
    """Those in which they are the mentor."""
    return _running(reading, person_id, Match.mentor_id == person_id, most)


def _running(reading: Reading, person_id: UUID, mine: ColumnElement[bool], most: int) -> First[Mentorship]:
    statement = select(Match).where(mine, Match.state.in_(LIVE)).order_by(Match.started_at.desc(), Match.id)
    found = first(reading, statement, most, lambda match: match)
    contacts = _contacts(reading, [match.id for match in found.shown])
    seen = (_seen(reading, match, person_id, contacts.get(match.id, NEVER_MET)) for match in found.shown)
    return First(tuple(seen), found.more)


def _seen(reading: Reading, match: Match, me: UUID, contact: Contact) -> Mentorship:
    return Mentorship(
        match_id=match.id,
        state=match.state,
        person=by_id(reading, me),
        partner=by_id(reading, partner_of(match, me)),
        i_am_student=me == match.student_id,
        wish=wish_of(reading, match),
        agreement=agreement_of(match),
        started_at=match.started_at,
        paused_until=match.paused_until,
        ended_at=match.ended_at,
        contact=contact,
    )


def _contacts(reading: Reading, match_ids: Sequence[UUID]) -> dict[UUID, Contact]:
    held, planned = Meeting.state == MeetingState.HELD, Meeting.state == MeetingState.PLANNED
    rows = reading.session.execute(
        select(
            Meeting.match_id,
            func.count().filter(held),
            func.coalesce(func.sum(Meeting.minutes).filter(held), 0),
            func.max(Meeting.starts_at).filter(held),
            func.min(Meeting.starts_at).filter(planned, Meeting.starts_at > reading.now),
        )
        .where(Meeting.match_id.in_(match_ids))
        .group_by(Meeting.match_id)
    )
    return {match_id: Contact(meetings, minutes, last, coming) for match_id, meetings, minutes, last, coming in rows}
