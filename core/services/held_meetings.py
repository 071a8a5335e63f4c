"""Meetings that were held, as their pair reads them: as they stand, and as each side tells of them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from core.models import Match, Meeting
from core.rules.accounts import Account
from core.rules.errors import NotFound
from core.rules.meetings import MeetingState
from core.services.action_items import ItemView, items_of
from core.services.people import Person, by_id
from core.services.told_accounts import told_of
from core.uow import Reading


@dataclass(frozen=True)
class Version:
    """What one side tells of a meeting."""

    person_id: UUID
    name: str
    account: Account


@dataclass(frozen=True)
class MeetingView:
    """A meeting that was held: as it stands, and if the two tell it differently, as each of them tells it.

    `versions` come in the order in which they were told.
    """

    meeting_id: UUID
    match_id: UUID
    author_id: UUID
    author_name: str
    held_on: date
    minutes: int
    kind: str
    notes: str
    items: tuple[ItemView, ...]
    versions: tuple[Version, ...]
    confirmed_by: frozenset[UUID]
    disputed: bool
    student: Person
    mentor: Person

    @property
    def unconfirmed(self) -> tuple[Person, ...]:
        """Who has not said that it is true as it stands."""
        return tuple(person for person in (self.student, self.mentor) if person.id not in self.confirmed_by)

    @property
    def action_items(self) -> tuple[str, ...]:
        """The items' texts."""
        return tuple(item.text for item in self.items)

    @property
    def settled(self) -> bool:
        """Whether both hold it for true as it stands."""
        return len(self.confirmed_by) > 1

    @property
    def last(self) -> Version | None:
        """Who told of it last, and what."""
        return self.versions[-1] if self.versions else None

    def version_of(self, person_id: UUID) -> Account | None:
        """What this person told of it, if anything."""
        return next((one.account for one in self.versions if one.person_id == person_id), None)


def meeting_view(reading: Reading, meeting_id: UUID) -> MeetingView:
    """A held meeting as its pair sees it. Raises `NotFound` for others."""
    meeting = reading.session.get(Meeting, meeting_id)
    if meeting is None or meeting.state is not MeetingState.HELD or meeting.author_id is None:
        raise NotFound(meeting_id=meeting_id)
    match, told = reading.session.get_one(Match, meeting.match_id), told_of(reading, meeting)
    standing = told.accounts[told.standing]
    in_order = sorted(told.accounts.items(), key=lambda one: one[1].told_at)
    return MeetingView(
        meeting_id=meeting.id,
        match_id=meeting.match_id,
        author_id=told.standing,
        author_name=by_id(reading, told.standing).name,
        held_on=standing.held_on,
        minutes=standing.minutes,
        kind=standing.kind,
        notes=standing.notes,
        items=items_of(reading, meeting.id),
        versions=tuple(Version(who, by_id(reading, who).name, account) for who, account in in_order),
        confirmed_by=told.confirmed,
        disputed=told.disputed,
        student=by_id(reading, match.student_id),
        mentor=by_id(reading, match.mentor_id),
    )


def held_meetings(reading: Reading, match_id: UUID, most: int = 20) -> tuple[MeetingView, ...]:
    """The meetings that a pair held, the newest first."""
    ids = reading.session.scalars(
        select(Meeting.id)
        .where(Meeting.match_id == match_id, Meeting.state == MeetingState.HELD, Meeting.author_id.is_not(None))
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(most)
    )
    return tuple(meeting_view(reading, meeting_id) for meeting_id in ids)
