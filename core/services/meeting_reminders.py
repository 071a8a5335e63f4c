"""What falls due around planned meetings: reminders before them, and the question whether they took place.

A paused or ended match is left alone. Each is asked for once; a sweep that comes too late leaves it out.
"""

from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select

from core.models import Match, Meeting, User
from core.notifications import Kind, notify, notify_each, to_person
from core.rules.attention import quiet_until
from core.rules.matches import MatchState
from core.rules.meetings import MeetingState
from core.rules.reminders import ASK_FOR, DAY, HOUR
from core.services.matches import lock_match, refresh_homes
from core.services.meeting_locks import lock_meeting
from core.services.policies import current_policies
from core.services.preferences import quiet_hours
from core.uow import Reading, Work

AT_ONCE = 200
RUNNING = (MatchState.PENDING, MatchState.ACTIVE)
ENDS_AT = Meeting.starts_at + func.make_interval(0, 0, 0, 0, 0, Meeting.minutes)


def a_day_before(reading: Reading) -> list[UUID]:
    """Meetings in a day whose pair has not been reminded."""
    near = Meeting.starts_at.between(reading.now + DAY.latest, reading.now + DAY.earliest)
    return _planned(reading, Meeting.day_reminder_at.is_(None), near)


def remind_a_day_before(work: Work, meeting_id: UUID) -> None:
    """Remind both, once; outside their quiet hours."""
    meeting, match = _locked(work, meeting_id)
    if _stands(meeting, match) and meeting.day_reminder_at is None:
        meeting.day_reminder_at = work.now
        for person_id in (match.student_id, match.mentor_id):
            notify(work, to_person(person_id), Kind.MEETING_REMINDER, meeting.id, f"day:{person_id}")


def an_hour_before(reading: Reading) -> list[UUID]:
    """Meetings in an hour whose pair has not been reminded of that."""
    near = Meeting.starts_at.between(reading.now + HOUR.latest, reading.now + HOUR.earliest)
    return _planned(reading, Meeting.hour_reminder_at.is_(None), near)


def remind_an_hour_before(work: Work, meeting_id: UUID) -> None:
    """Remind both, once; who wants quiet at this hour is left in peace, since later would be too late."""
    meeting, match = _locked(work, meeting_id)
    if not _stands(meeting, match) or meeting.hour_reminder_at is not None:
        return
    meeting.hour_reminder_at = work.now
    usual = current_policies(work).quiet
    for person in work.session.scalars(select(User).where(User.id.in_((match.student_id, match.mentor_id)))).all():
        if quiet_until(work.now, ZoneInfo(person.tz), quiet_hours(person.preferences, usual)) is None:
            notify(work, to_person(person.id), Kind.MEETING_REMINDER, meeting.id, f"hour:{person.id}")


def just_over(reading: Reading) -> list[UUID]:
    """Meetings that are over, whose pair has not been asked whether they took place."""
    recently = ENDS_AT.between(reading.now - ASK_FOR, reading.now)
    return _planned(reading, Meeting.asked_at.is_(None), recently)


def ask_whether_they_met(work: Work, meeting_id: UUID) -> None:
    """Ask both, once."""
    meeting, match = _locked(work, meeting_id)
    if _stands(meeting, match) and meeting.asked_at is None:
        meeting.asked_at = work.now
        notify_each(work, (match.student_id, match.mentor_id), Kind.MEETING_OVER, meeting.id)
        refresh_homes(work, match)


def _planned(reading: Reading, *conditions: ColumnElement[bool]) -> list[UUID]:
    due = (
        select(Meeting.id)
        .join(Match, Match.id == Meeting.match_id)
        .where(Meeting.state == MeetingState.PLANNED, Match.state.in_(RUNNING), *conditions)
        .order_by(Meeting.starts_at)
        .limit(AT_ONCE)
    )
    return list(reading.session.scalars(due))


def _locked(work: Work, meeting_id: UUID) -> tuple[Meeting, Match]:
    match = lock_match(work, work.session.get_one(Meeting, meeting_id).match_id)
    return lock_meeting(work, meeting_id), match


def _stands(meeting: Meeting, match: Match) -> bool:
    return meeting.state is MeetingState.PLANNED and match.state in RUNNING
