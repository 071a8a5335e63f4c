"""What both sides told of a meeting, as its row keeps it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core.models import Meeting
from core.rules.accounts import Account, Told
from core.rules.errors import NotFound
from core.rules.meetings import MeetingState
from core.services.people import Person, by_id
from core.uow import Reading, Work

NEAR = timedelta(days=2)  # no two calendars are farther apart


def told_of(reading: Reading, meeting: Meeting) -> Told:
    """Both versions of a held meeting. Raises `NotFound` if who told of it is not known any more."""
    if meeting.author_id is None:
        raise NotFound(meeting_id=meeting.id)
    accounts = {UUID(who): _read(said) for who, said in meeting.accounts.items()}
    if meeting.author_id not in accounts:
        accounts[meeting.author_id] = _from_row(reading, meeting)
    return Told(accounts, meeting.author_id, frozenset(map(UUID, meeting.confirmed_by)))


def keep(work: Work, meeting: Meeting, told: Told) -> None:
    """Store both versions; the row itself says what stands. Of a day without an hour it keeps the noon."""
    stands, zone = told.accounts[told.standing], ZoneInfo(by_id(work, told.standing).tz)
    if meeting.starts_at is None or meeting.starts_at.astimezone(zone).date() != stands.held_on:
        meeting.starts_at = datetime.combine(stands.held_on, time(12), zone).astimezone(UTC)
    meeting.accounts = {str(who): _written(account) for who, account in told.accounts.items()}
    meeting.author_id, meeting.confirmed_by = told.standing, sorted(map(str, told.confirmed))
    meeting.minutes, meeting.kind, meeting.notes = stands.minutes, stands.kind, stands.notes


def same_meeting(work: Work, match_id: UUID, held_on: date, teller: Person) -> Meeting | None:
    """The meeting that a new log of this day speaks of, locked, if it is known already.

    That is one that was planned for the day, or that the partner told of and the teller has not confirmed, or the
    teller's own `We met`, which said nothing of it yet.
    """
    noon = datetime.combine(held_on, time(12), UTC)
    near = (
        select(Meeting)
        .where(Meeting.match_id == match_id, Meeting.starts_at.between(noon - NEAR, noon + NEAR))
        .order_by(Meeting.starts_at, Meeting.id)
        .with_for_update()
    )
    zone = ZoneInfo(teller.tz)
    for meeting in work.session.scalars(near.execution_options(populate_existing=True)):
        if meeting.state in (MeetingState.PLANNED, MeetingState.MISSED):
            if meeting.starts_at and _day(meeting.starts_at, zone) == held_on:
                return meeting
        elif meeting.state is MeetingState.HELD and meeting.author_id:
            told = told_of(work, meeting)
            untold = told.standing == teller.id and bool(meeting.proposals) and not meeting.notes
            if told.accounts[told.standing].held_on == held_on and (untold or teller.id not in told.confirmed):
                return meeting
    return None


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()


def _from_row(reading: Reading, meeting: Meeting) -> Account:
    if meeting.starts_at is None or meeting.author_id is None:
        raise NotFound(meeting_id=meeting.id)
    day = _day(meeting.starts_at, ZoneInfo(by_id(reading, meeting.author_id).tz))
    return Account(day, meeting.minutes, meeting.kind, meeting.notes, meeting.created_at)


def _written(account: Account) -> dict[str, Any]:
    return {
        "held_on": account.held_on.isoformat(),
        "minutes": account.minutes,
        "kind": account.kind,
        "notes": account.notes,
        "told_at": account.told_at.isoformat(),
    }


def _read(said: dict[str, Any]) -> Account:
    return Account(
        date.fromisoformat(said["held_on"]),
        said["minutes"],
        said["kind"],
        said["notes"],
        datetime.fromisoformat(said["told_at"]),
    )
