"""Scheduling: one side proposes three times, the other picks one, and either may call the meeting off."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, cast, column, func, select
from sqlalchemy.dialects.postgresql import JSONB

from core.models import Match, Meeting
from core.notifications import Kind, notify, notify_each, to_pair, to_person
from core.rules import scheduling as rules
from core.rules.errors import NotFound
from core.rules.matches import require_live
from core.rules.meetings import MeetingClosed, MeetingState, move
from core.rules.profiles import tidy
from core.rules.reminders import leave_out
from core.services import meeting_locks as locks
from core.services.matches import lock_match, own_match, partner_of, refresh_homes
from core.services.people import Person, by_id
from core.services.two_sides import TwoSides
from core.uow import Reading, Work

AT_ONCE = 200


@dataclass(frozen=True)
class Proposal:
    """Times that one side could meet at, in the order of their choice."""

    match_id: UUID
    times: tuple[datetime, ...]
    minutes: int
    kind: str
    agenda: str = ""


@dataclass(frozen=True)
class Plan(TwoSides):
    """A meeting on its way from proposal to calendar. `proposer_id` is None once that person is not known any more."""

    meeting_id: UUID
    match_id: UUID
    state: MeetingState
    times: tuple[datetime, ...]
    starts_at: datetime | None
    minutes: int
    kind: str
    agenda: str
    sequence: int
    proposer_id: UUID | None
    student: Person
    mentor: Person

    def begun(self, now: datetime) -> bool:
        """Whether it is too late to speak of it as ahead."""
        return self.starts_at is not None and self.starts_at <= now


def propose_meeting(work: Work, proposal: Proposal) -> UUID:
    """Propose three times to the partner. What the same person had proposed before is taken back.

    The same times proposed twice are one proposal.
    Raises `InvalidFields`, `MatchOver` or `NotFound`.
    """
    own = own_match(work, proposal.match_id)
    author_id, agenda = work.actor.user_id, tidy(proposal.agenda)
    rules.check_proposal(proposal.times, proposal.minutes, proposal.kind, agenda, work.now)
    with work.as_system():
        match = lock_match(work, own.id)
        require_live(match.state)
        for former in _waiting(work, match.id):
            if former.author_id == author_id:
                if _says_as(former, proposal, agenda):
                    return former.id
                _close(work, former, match)
        meeting = Meeting(
            match_id=match.id,
            author_id=author_id,
            state=MeetingState.PROPOSED,
            minutes=proposal.minutes,
            kind=proposal.kind,
            agenda=agenda,
            proposals=[{"starts_at": time.isoformat()} for time in proposal.times],
        )
        work.session.add(meeting)
        work.session.flush()
        notify(work, to_person(partner_of(match, author_id)), Kind.MEETING_PROPOSED, meeting.id)
        refresh_homes(work, match)
        return meeting.id


def pick_time(work: Work, meeting_id: UUID, index: int) -> None:
    """Pick one of the partner's times; the first pick wins, and both get the invitation.

    Raises `TimePassed`, `MeetingClosed`, `MatchOver`, or `NotFound` for who proposed the times.
    """
    with _proposed_to_me(work, meeting_id) as (meeting, match):
        require_live(match.state)
        state = move(meeting.state, MeetingState.PLANNED)
        starts_at = rules.picked(times_of(meeting), index, work.now)
        meeting.state, meeting.starts_at = state, starts_at
        no_day, no_hour = leave_out(work.now, starts_at)
        meeting.day_reminder_at = work.now if no_day else None
        meeting.hour_reminder_at = work.now if no_hour else None
        locks.show(work, meeting, match)
        notify(work, to_pair(match.id), Kind.MEETING_PLANNED, meeting.id)
        notify_each(work, (match.student_id, match.mentor_id), Kind.MEETING_INVITATION, meeting.id)


def refuse_times(work: Work, meeting_id: UUID) -> None:
    """`None of these`: who proposed them is told, and may propose others. Raises `MeetingClosed` or `NotFound`."""
    with _proposed_to_me(work, meeting_id) as (meeting, match):
        if meeting.state is not MeetingState.PROPOSED:
            raise MeetingClosed(state=meeting.state)
        _close(work, meeting, match)
        _tell_proposer(work, meeting)


def cancel_meeting(work: Work, meeting_id: UUID) -> None:
    """Call a planned meeting off, or take one's proposed times back. The other side is told.

    Raises `MeetingBegun` or `MeetingClosed`.
    """
    person_id = work.actor.user_id
    with locks.locked(work, meeting_id) as (meeting, match):
        was_planned = meeting.state is MeetingState.PLANNED
        move(meeting.state, MeetingState.CANCELLED)
        rules.may_cancel(meeting.starts_at, work.now)
        _close(work, meeting, match)
        if was_planned:
            notify(work, to_person(partner_of(match, person_id)), Kind.MEETING_CANCELLED, meeting.id)


def cancel_all(work: Work, match_id: UUID) -> None:
    """Call off all that a match still had before it, because it ends: nobody is told but by the calendar."""
    with work.as_system():
        match = lock_match(work, match_id)
        planned = select(Meeting).where(
            Meeting.match_id == match_id, Meeting.state == MeetingState.PLANNED, Meeting.starts_at > work.now
        )
        ahead = work.session.scalars(planned.order_by(Meeting.id).with_for_update()).all()
        for meeting in (*ahead, *_waiting(work, match_id)):
            _close(work, meeting, match)


def lapsed(reading: Reading) -> list[UUID]:
    """Proposals none of whose times can be picked any more."""
    times = func.jsonb_array_elements(Meeting.proposals).table_valued(column("value", JSONB), joins_implicitly=True)
    moment = cast(times.c.value["starts_at"].astext, DateTime(timezone=True))
    ahead = select(times.c.value).where(moment > reading.now).correlate(Meeting).exists()
    passed = select(Meeting.id).where(Meeting.state == MeetingState.PROPOSED, ~ahead)
    return list(reading.session.scalars(passed.order_by(Meeting.id).limit(AT_ONCE)))


def let_lapse(work: Work, meeting_id: UUID) -> None:
    """Close a proposal whose times have all passed, and tell who made it."""
    match = lock_match(work, work.session.get_one(Meeting, meeting_id).match_id)
    meeting = locks.lock_meeting(work, meeting_id)
    if meeting.state is MeetingState.PROPOSED and _all_passed(meeting, work.now):
        _close(work, meeting, match)
        _tell_proposer(work, meeting)


def plan(reading: Reading, meeting_id: UUID) -> Plan:
    """A meeting as its pair sees it. Raises `NotFound` for others."""
    meeting = reading.session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound(meeting_id=meeting_id)
    match = reading.session.get_one(Match, meeting.match_id)
    return Plan(
        meeting_id=meeting.id,
        match_id=match.id,
        state=meeting.state,
        times=times_of(meeting),
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        kind=meeting.kind,
        agenda=meeting.agenda,
        sequence=meeting.sequence,
        proposer_id=meeting.author_id,
        student=by_id(reading, match.student_id),
        mentor=by_id(reading, match.mentor_id),
    )


def times_of(meeting: Meeting) -> tuple[datetime, ...]:
    """The times that were proposed, in their order."""
    return tuple(datetime.fromisoformat(one["starts_at"]) for one in meeting.proposals)


@contextmanager
def _proposed_to_me(work: Work, meeting_id: UUID) -> Iterator[tuple[Meeting, Match]]:
    person_id = work.actor.user_id
    with locks.locked(work, meeting_id) as (meeting, match):
        if meeting.author_id == person_id and meeting.state is MeetingState.PROPOSED:
            raise NotFound(meeting_id=meeting_id)
        yield meeting, match


def _waiting(work: Work, match_id: UUID) -> list[Meeting]:
    waiting = select(Meeting).where(Meeting.match_id == match_id, Meeting.state == MeetingState.PROPOSED)
    return list(work.session.scalars(waiting.order_by(Meeting.id).with_for_update()))


def _says_as(meeting: Meeting, proposal: Proposal, agenda: str) -> bool:
    """Whether this form was sent already."""
    known = (times_of(meeting), meeting.minutes, meeting.kind, meeting.agenda)
    return known == (proposal.times, proposal.minutes, proposal.kind, agenda)


def _all_passed(meeting: Meeting, now: datetime) -> bool:
    return all(time <= now for time in times_of(meeting))


def _close(work: Work, meeting: Meeting, match: Match) -> None:
    """Calendars drop what is cancelled if its sequence is higher than what they have."""
    meeting.state = move(meeting.state, MeetingState.CANCELLED)
    meeting.closed_at = work.now
    meeting.sequence += 1
    locks.show(work, meeting, match)


def _tell_proposer(work: Work, meeting: Meeting) -> None:
    if meeting.author_id:
        notify(work, to_person(meeting.author_id), Kind.MEETING_REFUSED, meeting.id)
