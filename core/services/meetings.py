"""Meetings that were held: told by one side, confirmed or corrected by the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Text, and_, cast, func, or_, select

from core.models import Match, Meeting
from core.notifications import Kind, notify, to_pair
from core.rules import accounts as rules
from core.rules.accounts import Account, Told
from core.rules.errors import NotFound
from core.rules.matches import LIVE
from core.rules.meetings import MeetingClosed, MeetingState, MeetingToCome, move
from core.rules.profiles import tidy
from core.rules.reminders import ASK_FOR
from core.rules.repeats import same_since
from core.services import meeting_locks as locks
from core.services.action_items import ItemView, add_items, are_noted, items_of
from core.services.listing import First
from core.services.matches import lock_match, own_match
from core.services.people import Person, by_id
from core.services.scheduling import times_of
from core.services.told_accounts import keep, same_meeting, told_of
from core.uow import Reading, Work

State = MeetingState
RECENT = timedelta(days=30)
MOST_LOOKED_AT = 60


@dataclass(frozen=True)
class HeldMeeting:
    """A meeting as one side tells of it."""

    match_id: UUID
    held_on: date
    minutes: int
    kind: str
    notes: str = ""
    action_items: tuple[str, ...] = ()


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


@dataclass(frozen=True)
class ComingMeeting:
    """What is before one person: proposed times, a planned meeting, or one that the two tell differently (`held`)."""

    meeting_id: UUID
    match_id: UUID
    partner_name: str
    state: MeetingState
    starts_at: datetime | None
    minutes: int
    kind: str
    agenda: str
    times: tuple[datetime, ...]
    i_proposed: bool
    begun: bool
    over: bool
    held: MeetingView | None


def log_meeting(work: Work, held: HeldMeeting) -> UUID:
    """Keep a meeting that took place, for both sides to see.

    Where one was planned for that day, or the partner told of it before, this is that one: no second one comes of it.
    Nor does one of a form that is sent twice.
    Raises `InvalidFields` or `NotFound`.
    """
    own, person_id = own_match(work, held.match_id), work.actor.user_id
    with work.as_system():
        match = lock_match(work, own.id)
        teller, version = _checked(work, held, match, person_id)
        if again := _told_already(work, match, teller, version, held.action_items):
            return again
        meeting = same_meeting(work, match.id, held.held_on, teller)
        if meeting is not None and meeting.state is State.HELD:
            _correct(work, meeting, match, teller, version, held.action_items)
        else:
            meeting = meeting or _new(match)
            _hold(work, meeting, match, teller, version, held.action_items)
            notify(work, to_pair(match.id), Kind.MEETING_LOGGED, meeting.id)
        return meeting.id


def we_met(work: Work, meeting_id: UUID) -> None:
    """`We met`: a planned meeting took place as planned. Whoever says so second confirms it.

    Raises `MeetingToCome` or `MeetingClosed`.
    """
    person_id = work.actor.user_id
    with locks.locked(work, meeting_id) as (meeting, match):
        teller = by_id(work, locks.side_of(match, person_id))
        if meeting.state is State.HELD:
            _settle(work, meeting, match, rules.confirm(told_of(work, meeting), teller.id))
            return
        day = _begun(meeting, work.now).astimezone(ZoneInfo(teller.tz)).date()
        _hold(work, meeting, match, teller, Account(day, meeting.minutes, meeting.kind, "", work.now), ())


def we_did_not_meet(work: Work, meeting_id: UUID) -> None:
    """`We didn't`: a planned meeting did not take place. Raises `MeetingToCome` or `MeetingClosed`."""
    with locks.locked(work, meeting_id) as (meeting, match):
        if meeting.state is State.MISSED:
            return
        state = move(meeting.state, State.MISSED)
        _begun(meeting, work.now)
        meeting.state, meeting.closed_at = state, work.now
        locks.show(work, meeting, match)


def confirm_meeting(work: Work, meeting_id: UUID) -> None:
    """`Confirm`: the other side's version is true. Raises `MeetingClosed`."""
    person_id = work.actor.user_id
    with locks.locked(work, meeting_id) as (meeting, match):
        _require_held(meeting)
        _settle(work, meeting, match, rules.confirm(told_of(work, meeting), locks.side_of(match, person_id)))


def correct_meeting(work: Work, meeting_id: UUID, held: HeldMeeting) -> None:
    """`Correct`: tell it differently. The other side's version is kept, and both read the two.

    Raises `InvalidFields`, `MeetingClosed` or `NotFound`.
    """
    person_id = work.actor.user_id
    with locks.locked(work, meeting_id) as (meeting, match):
        _require_held(meeting)
        teller, version = _checked(work, held, match, person_id)
        _correct(work, meeting, match, teller, version, held.action_items)


def meeting_view(reading: Reading, meeting_id: UUID) -> MeetingView:
    """A held meeting as its pair sees it. Raises `NotFound` for others."""
    meeting = reading.session.get(Meeting, meeting_id)
    if meeting is None or meeting.state is not State.HELD or meeting.author_id is None:
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
        .where(Meeting.match_id == match_id, Meeting.state == State.HELD, Meeting.author_id.is_not(None))
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(most)
    )
    return tuple(meeting_view(reading, meeting_id) for meeting_id in ids)


def coming_meetings(reading: Reading, person_id: UUID, most: int) -> First[ComingMeeting]:
    """What is before a person: times to pick, meetings planned or just over, and what the two tell differently."""
    mine = (Match.student_id == person_id) | (Match.mentor_id == person_id)
    recent, unsettled = reading.now - RECENT, func.cardinality(Meeting.confirmed_by) < 2
    told_by_both = Meeting.accounts.op("-")(cast(Meeting.author_id, Text)) != {}
    rows = reading.session.execute(
        select(Meeting, Match)
        .join(Match, Match.id == Meeting.match_id)
        .where(
            mine,
            Match.state.in_(LIVE),
            or_(
                Meeting.state == State.PROPOSED,
                and_(Meeting.state == State.PLANNED, Meeting.starts_at > recent),
                and_(Meeting.state == State.HELD, Meeting.closed_at > recent, unsettled, told_by_both),
            ),
        )
        .order_by(Meeting.starts_at.asc().nulls_first(), Meeting.id)
        .limit(MOST_LOOKED_AT)
    )
    found = (_coming(reading, meeting, match, person_id) for meeting, match in rows)
    return First.of([one for one in found if one], most)


def _coming(reading: Reading, meeting: Meeting, match: Match, person_id: UUID) -> ComingMeeting | None:
    now, ends_at = reading.now, end_of(meeting)
    view = meeting_view(reading, meeting.id) if meeting.state is State.HELD and meeting.author_id else None
    times = tuple(time for time in times_of(meeting) if time > now)
    nothing_open = {
        State.PROPOSED: not times,
        State.PLANNED: ends_at is not None and ends_at + ASK_FOR <= now,
        State.HELD: view is None or not view.disputed,
    }
    if nothing_open[meeting.state]:
        return None
    return ComingMeeting(
        meeting_id=meeting.id,
        match_id=match.id,
        partner_name=by_id(reading, locks.partner_of(match, person_id)).name,
        state=meeting.state,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        kind=meeting.kind,
        agenda=meeting.agenda,
        times=times_of(meeting),
        i_proposed=meeting.author_id == person_id,
        begun=meeting.starts_at is not None and meeting.starts_at <= now,
        over=ends_at is not None and ends_at <= now,
        held=view,
    )


def end_of(meeting: Meeting) -> datetime | None:
    """When a planned meeting is over."""
    return meeting.starts_at + timedelta(minutes=meeting.minutes) if meeting.starts_at else None


def _checked(work: Work, held: HeldMeeting, match: Match, person_id: UUID | None) -> tuple[Person, Account]:
    teller = by_id(work, locks.side_of(match, person_id))
    account = Account(held.held_on, held.minutes, held.kind, tidy(held.notes), work.now)
    rules.check(account, held.action_items, work.now.astimezone(ZoneInfo(teller.tz)).date())
    return teller, account


def _new(match: Match) -> Meeting:
    return Meeting(match_id=match.id, state=State.PLANNED)


def _hold(work: Work, meeting: Meeting, match: Match, teller: Person, version: Account, items: Sequence[str]) -> None:
    meeting.state, meeting.closed_at = move(meeting.state, State.HELD), work.now
    if meeting.starts_at:
        meeting.starts_at = min(meeting.starts_at, work.now)  # they met earlier that day than they had planned
    keep(work, meeting, Told({teller.id: version}, teller.id, frozenset({teller.id})))
    work.session.add(meeting)
    work.session.flush()
    add_items(work, match, meeting.id, items)
    locks.show(work, meeting, match)


def _correct(
    work: Work, meeting: Meeting, match: Match, teller: Person, version: Account, items: Sequence[str]
) -> None:
    """Tell the pair, unless nothing new was said: a form that is sent twice is no second correction."""
    told = told_of(work, meeting)
    former = told.accounts.get(teller.id)
    if former and former.says_as(version) and are_noted(work, match, meeting.id, items):
        return
    add_items(work, match, meeting.id, items)
    _settle(work, meeting, match, rules.correct(told, teller.id, version))
    notify(work, to_pair(match.id), Kind.MEETING_LOGGED, meeting.id, work.now.isoformat())


def _told_already(work: Work, match: Match, teller: Person, version: Account, items: Sequence[str]) -> UUID | None:
    """The meeting of which this person has just told the very same."""
    recent = select(Meeting).where(
        Meeting.match_id == match.id, Meeting.state == State.HELD, Meeting.closed_at > same_since(work.now)
    )
    for meeting in work.session.scalars(recent.order_by(Meeting.id)):
        former = told_of(work, meeting).accounts.get(teller.id)
        if former and former.says_as(version) and are_noted(work, match, meeting.id, items):
            return meeting.id
    return None


def _settle(work: Work, meeting: Meeting, match: Match, told: Told) -> None:
    keep(work, meeting, told)
    work.session.flush()
    locks.show(work, meeting, match)


def _begun(meeting: Meeting, now: datetime) -> datetime:
    if meeting.starts_at is None or meeting.state is State.CANCELLED:
        raise MeetingClosed(state=meeting.state)
    if now < meeting.starts_at:
        raise MeetingToCome
    return meeting.starts_at


def _require_held(meeting: Meeting) -> None:
    if meeting.state is not State.HELD:
        raise MeetingClosed(state=meeting.state)
