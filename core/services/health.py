"""How matches do: looked at when something happened and once a day, kept for staff alone."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from core.models import Ask, Feedback, Match, MatchHealth, Meeting, User
from core.notifications import ChannelName, Kind, notify, redraw, to_channel
from core.rules.errors import NotFound
from core.rules.health import Health, HealthState, health
from core.rules.matches import LIVE, MatchState
from core.services.health_facts import facts_of
from core.uow import Reading, Work

LOOK_EVERY = timedelta(days=1)


@dataclass(frozen=True)
class HealthView:
    """How a match does, for staff. Without a state it is over, or nobody has looked yet."""

    match_id: UUID
    student_name: str
    mentor_name: str
    state: HealthState | None = None
    causes: tuple[str, ...] = ()
    step: str = ""
    since: datetime | None = None


def matches_to_look_at(reading: Reading) -> list[UUID]:
    """Matches of which something was written since we last looked, or at which nobody has looked for a day.

    What is written while we look may be found only a day later. Both times compared are the database's own: a clock
    that was moved ahead changes nothing.
    """
    seen = MatchHealth.updated_at
    live = select(Match.id).outerjoin(MatchHealth, MatchHealth.match_id == Match.id).where(Match.state.in_(LIVE))
    changed = or_(Match.updated_at > seen, *(_written_since(table, seen) for table in (Meeting, Feedback, Ask)))
    late = or_(MatchHealth.id.is_(None), MatchHealth.checked_at <= reading.now - LOOK_EVERY)
    over = select(Match.id).join(MatchHealth, MatchHealth.match_id == Match.id).where(Match.state.not_in(LIVE))
    return [*reading.session.scalars(live.where(or_(late, changed))), *reading.session.scalars(over)]


def _written_since(
    table: type[Meeting | Feedback | Ask], moment: InstrumentedAttribute[datetime]
) -> ColumnElement[bool]:
    return exists().where(table.match_id == Match.id, table.updated_at > moment)


def look_at(work: Work, match_ids: Collection[UUID]) -> None:
    """Judge these matches anew. Staff are told once of each that comes to be at risk, and what they read then says so
    when it no longer is. Of a match that is over nothing is kept.

    A match that somebody is just working with is passed over: its change will bring us back.
    """
    matches = work.session.scalars(
        select(Match)
        .where(Match.id.in_(match_ids))
        .order_by(Match.id)
        .with_for_update(skip_locked=True, key_share=True)
        .execution_options(populate_existing=True)
    ).all()
    ids = [match.id for match in matches]
    known = {
        row.match_id: row
        for row in work.session.scalars(
            select(MatchHealth).where(MatchHealth.match_id.in_(ids)).execution_options(populate_existing=True)
        )
    }
    facts = facts_of(work, ids)
    for match in matches:
        row = known.get(match.id)
        if match.state in LIVE:
            _keep(work, match, row, health(facts[match.id]))
        elif row:
            work.session.delete(row)
            _told(work, match.id, row.state, None)


def _keep(work: Work, match: Match, row: MatchHealth | None, found: Health) -> None:
    before = row.state if row else None
    if row is None:
        row = MatchHealth(match_id=match.id, since=work.now)
        work.session.add(row)
    row.state, row.causes, row.step = found.state, list(found.causes), found.step
    row.checked_at = work.now
    if found.state is not before:
        row.since = work.now
    if match.state is MatchState.PAUSED:
        row.rested_at = work.now
    _told(work, match.id, before, found.state)


def _told(work: Work, match_id: UUID, before: HealthState | None, state: HealthState | None) -> None:
    if state is before:
        return
    if state is HealthState.AT_RISK:
        notify(work, to_channel(ChannelName.ADMINS), Kind.MATCH_AT_RISK, match_id, work.now.isoformat())
    elif before is HealthState.AT_RISK:
        redraw(work, Kind.MATCH_AT_RISK, match_id)


def match_health(reading: Reading, match_id: UUID) -> HealthView:
    """How a match does, for staff. Raises `NotFound`."""
    found = next(_views(reading, Match.id == match_id), None)
    if found is None:
        raise NotFound(match_id=match_id)
    return found


def at_risk(reading: Reading) -> tuple[HealthView, ...]:
    """Running matches at risk, the longest first. For staff: others see none."""
    return tuple(_views(reading, MatchHealth.state == HealthState.AT_RISK, Match.state.in_(LIVE)))


def _views(reading: Reading, *which: ColumnElement[bool]) -> Iterator[HealthView]:
    student, mentor = aliased(User), aliased(User)
    rows = reading.session.execute(
        select(Match.id, student.name, mentor.name, MatchHealth)
        .join(student, student.id == Match.student_id)
        .join(mentor, mentor.id == Match.mentor_id)
        .outerjoin(MatchHealth, MatchHealth.match_id == Match.id)
        .where(*which)
        .order_by(MatchHealth.since, Match.id)
    )
    for match_id, student_name, mentor_name, row in rows:
        yield _view(match_id, student_name, mentor_name, row)


def _view(match_id: UUID, student_name: str, mentor_name: str, row: MatchHealth | None) -> HealthView:
    if row is None:
        return HealthView(match_id, student_name, mentor_name)
    return HealthView(match_id, student_name, mentor_name, row.state, tuple(row.causes), row.step, row.since)
