"""Matches with their people, how they do, and how often they met."""

from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from core.listings.base import Listing, word
from core.models import Cohort, Match, MatchHealth, Meeting, User
from core.rules.meetings import MeetingState

student, mentor = aliased(User, name="student"), aliased(User, name="mentor")


def _matches() -> Select[*tuple[Any, ...]]:
    held = Meeting.state == MeetingState.HELD
    of_this = Meeting.match_id == Match.id
    return (
        select(
            Match.id,
            Match.student_id,
            student.name.label("student"),
            Match.mentor_id,
            mentor.name.label("mentor"),
            word(Match.state).label("state"),
            word(MatchHealth.state).label("health"),
            func.array_to_string(MatchHealth.causes, " ").label("causes"),
            MatchHealth.step.label("step"),
            select(func.count()).where(of_this, held).correlate(Match).scalar_subquery().label("meetings"),
            select(func.max(Meeting.starts_at))
            .where(of_this, held)
            .correlate(Match)
            .scalar_subquery()
            .label("last_met"),
            select(func.min(Meeting.starts_at))
            .where(of_this, Meeting.state == MeetingState.PLANNED)
            .correlate(Match)
            .scalar_subquery()
            .label("next_meeting"),
            Match.score,
            word(Match.origin).label("origin"),
            Cohort.name.label("cohort"),
            Match.goals,
            Match.cadence_days,
            Match.started_at,
            Match.paused_until,
            Match.ended_at,
            Match.request_id,
        )
        .outerjoin(student, student.id == Match.student_id)
        .outerjoin(mentor, mentor.id == Match.mentor_id)
        .outerjoin(MatchHealth, MatchHealth.match_id == Match.id)
        .outerjoin(Cohort, Cohort.id == Match.cohort_id)
    )


class MatchRow(Listing):
    """A match for staff."""

    __table__ = _matches().subquery("match_rows")
