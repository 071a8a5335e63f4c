"""The audit log with names."""

from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, func, select
from sqlalchemy.orm import aliased

from core.listings.base import Listing, text_of
from core.models import AuditEntry, Cohort, Match, MatchingRun, User

actor, person, student, mentor = (aliased(User, name=name) for name in ("actor", "person", "student", "mentor"))
cohort, matched = aliased(Cohort, name="cohort"), aliased(Cohort, name="matched")


def _told(column: SQLColumnExpression[object]) -> ColumnElement[str]:
    """What is kept as text; nothing where nothing is."""
    return func.nullif(text_of(column), "{}")


def _audit() -> Select[*tuple[Any, ...]]:
    return (
        select(
            AuditEntry.id,
            AuditEntry.created_at,
            AuditEntry.actor_id,
            func.coalesce(actor.name, "The service").label("actor"),
            AuditEntry.action,
            AuditEntry.subject_kind,
            func.coalesce(
                person.name,
                student.name + " and " + mentor.name,
                cohort.name,
                matched.name,
                AuditEntry.after["setting"].astext,
            ).label("subject"),
            _told(AuditEntry.before).label("before"),
            _told(AuditEntry.after).label("after"),
            AuditEntry.reason,
        )
        .outerjoin(actor, actor.id == AuditEntry.actor_id)
        .outerjoin(person, person.id == AuditEntry.subject_id)
        .outerjoin(Match, Match.id == AuditEntry.subject_id)
        .outerjoin(student, student.id == Match.student_id)
        .outerjoin(mentor, mentor.id == Match.mentor_id)
        .outerjoin(cohort, cohort.id == AuditEntry.subject_id)
        .outerjoin(MatchingRun, MatchingRun.id == AuditEntry.subject_id)
        .outerjoin(matched, matched.id == MatchingRun.cohort_id)
    )


class AuditRow(Listing):
    """One line of the audit log, for staff."""

    __table__ = _audit().subquery("audit_rows")
