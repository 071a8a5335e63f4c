"""Meetings that were held: told by one side, confirmed or corrected by the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core.models import Match, Meeting
from core.notifications import Kind, notify, to_pair
from core.rules import accounts as rules
from core.rules.accounts import Account, Told
from core.rules.meetings import MeetingClosed, MeetingState, MeetingToCome, move
from core.rules.profiles import tidy
from core.rules.repeats import same_since
from core.services import meeting_locks as locks
from core.services.action_items import add_items, are_noted
from core.services.matches import lock_match, own_match, side_of
from core.services.people import Person, by_id
from core.services.told_accounts import keep, same_meeting, told_of
from core.uow import Work

State = MeetingState


@dataclass(frozen=True)
class HeldMeeting:
    """A meeting as one side tells of it."""

    match_id: UUID
    held_on: date
    minutes: int
    kind: str
    notes: str = ""
    action_items: tuple[str, ...] = ()


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
            meeting = meeting or Meeting(match_id=match.id, state=State.PLANNED)
            _hold(work, meeting, match, teller, version, held.action_items)
            notify(work, to_pair(match.id), Kind.MEETING_LOGGED, meeting.id)
        return meeting.id


def we_met(work: Work, meeting_id: UUID) -> None:
    """`We met`: a planned meeting took place as planned. Whoever says so second confirms it.

    Raises `MeetingToCome` or `MeetingClosed`.
    """
    person_id = work.actor.user_id
    with locks.locked(work, meeting_id) as (meeting, match):
        teller = by_id(work, side_of(match, person_id))
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
        _settle(work, meeting, match, rules.confirm(told_of(work, meeting), side_of(match, person_id)))


def correct_meeting(work: Work, meeting_id: UUID, held: HeldMeeting) -> None:
    """`Correct`: tell it differently. The other side's version is kept, and both read the two.

    Raises `InvalidFields`, `MeetingClosed` or `NotFound`.
    """
    person_id = work.actor.user_id
    with locks.locked(work, meeting_id) as (meeting, match):
        _require_held(meeting)
        teller, version = _checked(work, held, match, person_id)
        _correct(work, meeting, match, teller, version, held.action_items)


def _checked(work: Work, held: HeldMeeting, match: Match, person_id: UUID | None) -> tuple[Person, Account]:
    teller = by_id(work, side_of(match, person_id))
    account = Account(held.held_on, held.minutes, held.kind, tidy(held.notes), work.now)
    rules.check(account, held.action_items, work.now.astimezone(ZoneInfo(teller.tz)).date())
    return teller, account


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
