"""How matches did on each day: of the past only these counts are kept, for what each match did is its own affair."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, select
from sqlalchemy.dialects.postgresql import insert

from core.models import HealthDay, Match, MatchHealth, new_id
from core.rules.health import HealthState
from core.rules.matches import LIVE
from core.services.trends import Span
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


@dataclass(frozen=True)
class HealthWeek:
    """How matches did on the last day that was noted in a week; without counts nobody looked."""

    monday: date
    counts: Mapping[HealthState, int] | None
    is_now: bool = False  # counted at this moment: the rows behind it can be looked at


def health_weeks(reading: Reading, span: Span) -> tuple[HealthWeek, ...]:
    """Each week of a span, of all cohorts; of the present week how it is now. For staff."""
    days = select(HealthDay).where(HealthDay.day.between(span.first, span.last)).order_by(HealthDay.day)
    noted = {row.day - timedelta(days=row.day.weekday()): row for row in reading.session.scalars(days)}
    today = reading.now.astimezone(ZoneInfo(span.tz)).date()
    weeks = [HealthWeek(monday, _counts(noted.get(monday))) for monday in span.mondays]
    if weeks and span.first <= today <= span.last and weeks[-1].monday <= today:
        weeks[-1] = HealthWeek(weeks[-1].monday, health_counts(reading), is_now=True)
    return tuple(weeks)


def _counts(row: HealthDay | None) -> Mapping[HealthState, int] | None:
    return {state: getattr(row, column) for state, column in COLUMNS.items()} if row else None
