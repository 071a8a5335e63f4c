"""What staff did about a match is kept with who, when and why they did it."""

from uuid import UUID

import pytest
from sqlalchemy import select

from core.models import AuditEntry, Match, MatchHealth
from core.rules.errors import InvalidFields, NotFound
from core.rules.health import HealthState
from core.rules.matches import MatchState
from core.services.health_steps import NOTE, note_step
from core.uow import SYSTEM, Units, admin
from tests.conftest import NOON
from tests.support import factories as make


def test_a_note_stands_in_the_audit_log(units: Units) -> None:
    ada, match_id = make.person(units, "Ada Staff", is_admin=True), at_risk(units)
    with units.work(admin(ada.id)) as work:
        note_step(work, match_id, "  Wrote to both. ")
    with units.read(SYSTEM) as reading:
        line = reading.session.scalars(select(AuditEntry)).one()
    assert (line.actor_id, line.actor_role, line.action, line.subject_kind, line.subject_id, line.reason) == (
        ada.id,
        "admin",
        "health_step",
        "match",
        match_id,
        "Wrote to both.",
    )
    assert line.before == {"health": "at risk", "since": NOON.isoformat()}, (
        "causes may tell what was said in confidence"
    )


@pytest.mark.parametrize("note", ["", "   ", "x" * (NOTE + 1)])
def test_a_note_has_to_say_something_and_not_too_much(units: Units, note: str) -> None:
    ada, match_id = make.person(units, is_admin=True), at_risk(units)
    with pytest.raises(InvalidFields), units.work(admin(ada.id)) as work:
        note_step(work, match_id, note)


def test_of_a_match_that_is_over_nothing_is_noted(units: Units) -> None:
    ada, match_id = make.person(units, is_admin=True), at_risk(units)
    with units.work(SYSTEM) as work:
        match = work.session.get_one(Match, match_id)
        match.state, match.ended_at = MatchState.ENDED, NOON
    with pytest.raises(NotFound), units.work(admin(ada.id)) as work:
        note_step(work, match_id, "Wrote to both.")


def at_risk(units: Units) -> UUID:
    match_id = make.match(units, make.student(units, "Mia Tan"), make.mentor(units, "Kim Alder"))
    with units.work(SYSTEM) as work:
        work.session.add(
            MatchHealth(
                match_id=match_id,
                state=HealthState.AT_RISK,
                causes=["Silence."],
                step="Write to both.",
                since=work.now,
                checked_at=work.now,
            )
        )
    return match_id
