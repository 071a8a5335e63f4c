"""Meetings of a pair: what was held, told by either side."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core.models import ActionItem, Match, Meeting
from core.notifications import Kind, notify, to_pair
from core.rules.errors import InvalidFields, NotFound
from core.rules.meetings import MOST_MINUTES, MeetingState
from core.rules.profiles import TEXT, tidy
from core.rules.roles import Meet
from core.services.people import by_id
from core.uow import Reading, Work

KINDS = (Meet.VIDEO, Meet.IN_PERSON, Meet.CHAT, Meet.PHONE)


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
class MeetingView:
    """A meeting that was held, and who told of it."""

    match_id: UUID
    author_id: UUID
    author_name: str
    held_on: date
    minutes: int
    kind: str
    notes: str
    action_items: tuple[str, ...]


def log_meeting(work: Work, held: HeldMeeting) -> UUID:
    """Keep a meeting that took place, for both sides to see. Raises `InvalidFields` or `NotFound`."""
    match = work.session.get(Match, held.match_id)
    if match is None or work.actor.user_id not in (match.student_id, match.mentor_id):
        raise NotFound(match_id=held.match_id)
    author = by_id(work, work.actor.user_id)
    notes, items = tidy(held.notes), tuple(filter(None, map(tidy, held.action_items)))
    today = work.now.astimezone(ZoneInfo(author.tz)).date()
    if problems := _problems(held, notes, today):
        raise InvalidFields(problems)
    meeting = Meeting(
        match_id=match.id,
        author_id=author.id,
        state=MeetingState.HELD,
        starts_at=datetime.combine(held.held_on, time(12), ZoneInfo(author.tz)).astimezone(UTC),
        minutes=held.minutes,
        kind=held.kind,
        notes=notes,
        confirmed_by=[str(author.id)],
        closed_at=work.now,
    )
    work.session.add(meeting)
    work.session.flush()
    work.session.add_all(ActionItem(match_id=match.id, meeting_id=meeting.id, text=item) for item in items)
    work.session.flush()
    notify(work, to_pair(match.id), Kind.MEETING_LOGGED, meeting.id)
    return meeting.id


def meeting_view(reading: Reading, meeting_id: UUID) -> MeetingView:
    """A meeting as its pair sees it. Raises `NotFound` for others."""
    meeting = reading.session.get(Meeting, meeting_id)
    if meeting is None or meeting.starts_at is None or meeting.author_id is None:
        raise NotFound(meeting_id=meeting_id)
    author = by_id(reading, meeting.author_id)
    return MeetingView(
        match_id=meeting.match_id,
        author_id=author.id,
        author_name=author.name,
        held_on=meeting.starts_at.astimezone(ZoneInfo(author.tz)).date(),
        minutes=meeting.minutes,
        kind=meeting.kind,
        notes=meeting.notes,
        action_items=tuple(
            reading.session.scalars(
                select(ActionItem.text).where(ActionItem.meeting_id == meeting.id).order_by(ActionItem.id)
            )
        ),
    )


def _problems(held: HeldMeeting, notes: str, today: date) -> dict[str, str]:
    problems = {}
    if held.held_on > today:
        problems["held_on"] = "This day is still to come. Please choose the day you met."
    elif held.held_on < today - timedelta(days=366):
        problems["held_on"] = "This is more than a year ago. Please check the date."
    if not 1 <= held.minutes <= MOST_MINUTES:
        problems["minutes"] = "Please enter how many minutes it took, up to a day."
    if held.kind not in KINDS:
        problems["kind"] = "Please choose how you met."
    if len(notes) > 2 * TEXT:
        problems["notes"] = f"Please keep this under {2 * TEXT:,} characters."
    if sum(map(len, held.action_items)) > 2 * TEXT:
        problems["action_items"] = f"Please keep this under {2 * TEXT:,} characters."
    return problems
