"""How matches did on each day: of the past only these counts are kept, for what each match did is its own affair."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.dialects.postgresql import insert

from core.models import HealthDay, Match, MatchHealth, new_id
from core.rules.health import HealthState
from core.rules.matches import LIVE
from core.uow import Reading, Work

COLUMNS: Mapping[HealthState, str] = {
    HealthState.TOO_EARLY: "too_early",
    HealthState.HEALTHY: "healthy",
    HealthState.WATCH: "watch",
    HealthState.AT_RISK: "at_risk",
}


def note_health(work: Work) -> None:
    """Keep how matches do at the first look of a day (UTC), once there is any."""
    today = work.now.date()
    if work.session.scalar(select(exists().where(HealthDay.day == today))):
        return
    counts = health_counts(work)
    if any(counts.values()):
        named = {COLUMNS[state]: number for state, number in counts.items()}
        row = insert(HealthDay).values(id=new_id(), created_at=work.now, day=today, **named)
        work.session.execute(row.on_conflict_do_nothing(index_elements=["day"]))


def health_counts(reading: Reading) -> dict[HealthState, int]:
    """How many running matches do how well at this moment."""
    counted = (
        select(MatchHealth.state, func.count())
        .join(Match, Match.id == MatchHealth.match_id)
        .where(Match.state.in_(LIVE))
        .group_by(MatchHealth.state)
    )
    found = {row[0]: row[1] for row in reading.session.execute(counted)}
    return {state: found.get(state, 0) for state in COLUMNS}


def health_on(reading: Reading, first: date, last: date) -> dict[date, dict[HealthState, int]]:
    """What was kept of these days."""
    days = select(HealthDay).where(HealthDay.day.between(first, last)).order_by(HealthDay.day)
    return {
        row.day: {state: getattr(row, column) for state, column in COLUMNS.items()}
        for row in reading.session.scalars(days)
    }
