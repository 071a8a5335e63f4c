"""What the rule on health wants to know of matches: counted by the database, for many at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from core.models import Ask, Feedback, Match, MatchHealth, Meeting, User
from core.rules.checkins import AskState, CheckInAnswer, FeedbackKind
from core.rules.health import Facts, Side
from core.rules.matches import MatchState
from core.rules.meetings import MeetingState
from core.rules.roles import PersonState
from core.uow import Reading

TIME_TO_ANSWER = timedelta(days=5)
"""An ask that is younger is not held against anybody."""

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class _Met:
    """Of one match: the last meeting held, whether one is planned, and how many fell through since."""

    held_at: datetime | None = None
    planned: bool = False
    failed: int = 0


Key = tuple[UUID, UUID]  # a match and one of its people


@dataclass(frozen=True)
class _Said:
    """What people said last, and when."""

    answers: dict[Key, tuple[str, datetime]] = field(default_factory=dict)  # to check-ins
    well: dict[Key, datetime] = field(default_factory=dict)  # that it goes well
    ratings: dict[Key, tuple[int, datetime]] = field(default_factory=dict)
    help: dict[Key, datetime] = field(default_factory=dict)


def facts_of(reading: Reading, match_ids: Collection[UUID]) -> dict[UUID, Facts]:
    """The facts about these matches, as they stand now. Messages are read nowhere."""
    met, said, unanswered = _met(reading, match_ids), _said(reading, match_ids), _unanswered(reading, match_ids)
    student, mentor = aliased(User), aliased(User)
    rows = reading.session.execute(
        select(Match, MatchHealth.rested_at, student.state, mentor.state)
        .join(student, student.id == Match.student_id)
        .join(mentor, mentor.id == Match.mentor_id)
        .outerjoin(MatchHealth, MatchHealth.match_id == Match.id)
        .where(Match.id.in_(match_ids))
    )
    found = {}
    for match, rested_at, student_state, mentor_state in rows:
        meetings = met.get(match.id, _Met())
        sides = [(match.id, match.student_id), (match.id, match.mentor_id)]
        contacts = [one for one in (meetings.held_at, *map(said.well.get, sides)) if one]
        quiet_from = max(one for one in (match.started_at, rested_at, *contacts) if one)
        found[match.id] = Facts(
            age=_days(reading.now, match.started_at),
            silence=_days(reading.now, quiet_from),
            had_contact=bool(contacts),
            cadence=match.cadence_days,
            meets_soon=meetings.planned,
            failed_meetings=meetings.failed,
            paused=match.state is MatchState.PAUSED,
            student=_side(reading.now, said, unanswered, sides[0], meetings.held_at, student_state),
            mentor=_side(reading.now, said, unanswered, sides[1], meetings.held_at, mentor_state),
        )
    return found


def _side(
    now: datetime,
    said: _Said,
    unanswered: Mapping[Key, int],
    key: Key,
    held_at: datetime | None,
    state: PersonState,
) -> Side:
    answer, answered_at = said.answers.get(key, (None, now))
    if answer == CheckInAnswer.NOT_MET and held_at and held_at > answered_at:
        answer = None  # they have met since
    rating, rated_at = said.ratings.get(key, (None, now))
    help_at = said.help.get(key)
    return Side(
        answer=CheckInAnswer(answer) if answer else None,
        answer_age=_days(now, answered_at),
        rating=rating,
        rating_age=_days(now, rated_at),
        unanswered=unanswered.get(key, 0),
        help_age=_days(now, help_at) if help_at else None,
        has_left=state is not PersonState.ACTIVE,
    )


def _met(reading: Reading, match_ids: Collection[UUID]) -> dict[UUID, _Met]:
    held = (
        select(Meeting.match_id, func.max(Meeting.starts_at).label("at"))
        .where(Meeting.match_id.in_(match_ids), Meeting.state == MeetingState.HELD)
        .group_by(Meeting.match_id)
        .subquery()
    )
    fell_through = Meeting.state.in_((MeetingState.MISSED, MeetingState.CANCELLED)) & Meeting.starts_at.is_not(None)
    rows = reading.session.execute(
        select(
            Meeting.match_id,
            func.max(held.c.at),
            func.bool_or(and_(Meeting.state == MeetingState.PLANNED, Meeting.starts_at > reading.now)),
            func.count().filter(fell_through, or_(held.c.at.is_(None), Meeting.starts_at > held.c.at)),
        )
        .outerjoin(held, held.c.match_id == Meeting.match_id)
        .where(Meeting.match_id.in_(match_ids))
        .group_by(Meeting.match_id)
    )
    return {match_id: _Met(held_at, bool(planned), failed) for match_id, held_at, planned, failed in rows}


def _said(reading: Reading, match_ids: Collection[UUID]) -> _Said:
    rows = reading.session.execute(
        select(Feedback.match_id, Feedback.author_id, Feedback.kind, Feedback.rating, Feedback.answer, Feedback.said_at)
        .where(Feedback.match_id.in_(match_ids), Feedback.kind != FeedbackKind.ENDING)
        .order_by(Feedback.said_at)
    )
    said = _Said()
    for match_id, author_id, kind, rating, answer, said_at in rows:  # the last one stays
        key = match_id, author_id
        if rating is not None:
            said.ratings[key] = rating, said_at
        if kind is FeedbackKind.HELP:
            said.help[key] = said_at
        if kind is FeedbackKind.CHECK_IN and answer:
            said.answers[key] = answer, said_at
            if answer == CheckInAnswer.GOING_WELL:
                said.well[key] = said_at
    return said


def _unanswered(reading: Reading, match_ids: Collection[UUID]) -> dict[Key, int]:
    """How many messages in a row each side left unanswered: what went out on one sheet is one."""
    rows = reading.session.execute(
        select(Ask.match_id, Ask.person_id, Ask.state, func.coalesce(Ask.sheet_id, Ask.id), Ask.asked_at)
        .where(Ask.match_id.in_(match_ids), Ask.state != AskState.SKIPPED)
        .order_by(Ask.due_at)
    )
    sheets: dict[Key, set[UUID]] = defaultdict(set)
    for match_id, person_id, state, sheet, asked_at in rows:
        if state is AskState.ANSWERED:
            sheets[match_id, person_id].clear()
        elif state is AskState.LAPSED or asked_at is None or asked_at <= reading.now - TIME_TO_ANSWER:
            sheets[match_id, person_id].add(sheet)
    return {key: len(some) for key, some in sheets.items()}


def _days(now: datetime, then: datetime) -> float:
    return max(now - then, timedelta(0)) / A_DAY
