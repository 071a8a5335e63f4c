"""What is before a person: times to pick, meetings that are planned or just over, and what the two tell differently."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Text, and_, cast, func, or_, select

from core.models import Match, Meeting
from core.rules.matches import LIVE
from core.rules.meetings import MeetingState
from core.rules.reminders import ASK_FOR
from core.services.held_meetings import MeetingView, meeting_view
from core.services.listing import First
from core.services.matches import partner_of
from core.services.people import by_id
from core.services.scheduling import times_of
from core.services.two_sides import either_side
from core.uow import Reading

State = MeetingState
RECENT = timedelta(days=30)
"""For how long a meeting that is over stands there."""
MOST_LOOKED_AT = 60


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


def coming_meetings(reading: Reading, person_id: UUID, most: int) -> First[ComingMeeting]:
    """What is before a person: times to pick, meetings planned or just over, and what the two tell differently."""
    recent, unsettled = reading.now - RECENT, func.cardinality(Meeting.confirmed_by) < 2
    told_by_both = Meeting.accounts.op("-")(cast(Meeting.author_id, Text)) != {}
    rows = reading.session.execute(
        select(Meeting, Match)
        .join(Match, Match.id == Meeting.match_id)
        .where(
            either_side(Match, person_id),
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
    now, ends_at = reading.now, _end_of(meeting)
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
        partner_name=by_id(reading, partner_of(match, person_id)).name,
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


def _end_of(meeting: Meeting) -> datetime | None:
    """When a planned meeting is over."""
    return meeting.starts_at + timedelta(minutes=meeting.minutes) if meeting.starts_at else None
