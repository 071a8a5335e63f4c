"""What a completed mentorship leaves its two people: goals, meetings, and what was done."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core.models import ActionItem, Match, Meeting
from core.rules.errors import NotFound
from core.rules.matches import MatchState
from core.rules.meetings import MeetingState
from core.services.matches import agreement_of, wish_of
from core.services.people import by_id
from core.uow import Reading


@dataclass(frozen=True)
class KeptMeeting:
    """A meeting that took place, by the student's calendar."""

    held_on: date
    minutes: int
    kind: str
    notes: str


@dataclass(frozen=True)
class Keepsake:
    """What both may keep. Nothing here is known to one side alone."""

    match_id: UUID
    student_id: UUID
    mentor_id: UUID
    student_name: str
    mentor_name: str
    tz: str
    started_at: datetime
    ended_at: datetime
    goals: str  # as both agreed; else what the student hoped for
    every: str
    meetings: tuple[KeptMeeting, ...]
    done: tuple[str, ...]

    @property
    def minutes(self) -> int:
        """How long they met in all."""
        return sum(meeting.minutes for meeting in self.meetings)


def keepsake(reading: Reading, match_id: UUID) -> Keepsake:
    """The keepsake of a completed mentorship. Raises `NotFound` for any other."""
    match = reading.session.get(Match, match_id)
    if match is None or match.state is not MatchState.COMPLETED or match.ended_at is None:
        raise NotFound(match_id=match_id)
    student, mentor = by_id(reading, match.student_id), by_id(reading, match.mentor_id)
    agreement = agreement_of(match)
    agreed = agreement.agreed_at is not None
    return Keepsake(
        match_id=match.id,
        student_id=student.id,
        mentor_id=mentor.id,
        student_name=student.name,
        mentor_name=mentor.name,
        tz=student.tz,
        started_at=match.started_at,
        ended_at=match.ended_at,
        goals=agreement.goals if agreed else wish_of(reading, match),
        every=agreement.every if agreed else "",
        meetings=_meetings(reading, match_id, student.tz),
        done=tuple(
            reading.session.scalars(
                select(ActionItem.text)
                .where(ActionItem.match_id == match_id, ActionItem.done_at.is_not(None))
                .order_by(ActionItem.done_at, ActionItem.id)
            )
        ),
    )


def _meetings(reading: Reading, match_id: UUID, tz: str) -> tuple[KeptMeeting, ...]:
    held = reading.session.scalars(
        select(Meeting)
        .where(Meeting.match_id == match_id, Meeting.state == MeetingState.HELD)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return tuple(
        KeptMeeting(one.starts_at.astimezone(ZoneInfo(tz)).date(), one.minutes, one.kind, one.notes)
        for one in held
        if one.starts_at
    )
