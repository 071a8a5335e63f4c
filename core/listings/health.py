"""Running matches that are at risk or worth watching: why, what might help, and what staff did since."""

from typing import Any

from sqlalchemy import Select, case, func, select, true
from sqlalchemy.orm import aliased

from core.listings.base import Listing, word
from core.models import AuditEntry, Match, MatchHealth, User
from core.rules.health import HealthState
from core.rules.matches import LIVE
from core.services.audit import Deed, Subject

student, mentor, actor = (aliased(User, name=name) for name in ("student", "mentor", "actor"))
CARED_FOR = (HealthState.AT_RISK, HealthState.WATCH)


def _health() -> Select[*tuple[Any, ...]]:
    step = (
        select(AuditEntry.created_at, AuditEntry.reason, AuditEntry.actor_id)
        .where(
            AuditEntry.subject_kind == Subject.MATCH.value,
            AuditEntry.subject_id == Match.id,
            AuditEntry.action == Deed.HEALTH_STEP.value,
        )
        .order_by(AuditEntry.created_at.desc())
        .limit(1)
        .correlate(Match)
        .lateral("latest")
    )
    return (
        select(
            MatchHealth.id,
            MatchHealth.match_id,
            Match.student_id,
            Match.mentor_id,
            (student.name + " and " + mentor.name).label("pair"),
            word(MatchHealth.state).label("state"),
            MatchHealth.since,
            func.array_to_string(MatchHealth.causes, " ").label("causes"),
            MatchHealth.step,
            case((step.c.created_at >= MatchHealth.since, "in hand"), else_="to do").label("care"),
            step.c.created_at.label("done_at"),
            actor.name.label("done_by"),
            step.c.reason.label("note"),
        )
        .join(Match, Match.id == MatchHealth.match_id)
        .outerjoin(student, student.id == Match.student_id)
        .outerjoin(mentor, mentor.id == Match.mentor_id)
        .outerjoin(step, true())
        .outerjoin(actor, actor.id == step.c.actor_id)
        .where(Match.state.in_(LIVE), MatchHealth.state.in_(CARED_FOR))
    )


class HealthRow(Listing):
    """A match that staff may want to look after."""

    __table__ = _health().subquery("health_rows")
