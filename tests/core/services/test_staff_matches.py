"""Staff end a match: the pair reads that it ended, the audit log who did it and why."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from core.models import AuditEntry, Feedback, Match, Notification
from core.notifications import Kind
from core.rules.errors import InvalidFields, NotFound
from core.rules.matches import MatchOver, MatchState
from core.rules.reasons import WHY
from core.services.people import Person
from core.services.staff_matches import end_as_staff
from core.uow import SYSTEM, Units, admin
from tests.support import factories as make

REASON = "Both asked us to."


@pytest.fixture
def staff(units: Units) -> Person:
    return make.person(units, "Ada Staff", is_admin=True)


@pytest.fixture
def match_id(units: Units) -> UUID:
    return make.match(units, make.student(units), make.mentor(units))


def end(units: Units, staff: Person, match_id: UUID, why: str = REASON) -> None:
    with units.work(admin(staff.id)) as work:
        end_as_staff(work, match_id, why)


def test_it_ends_and_only_the_audit_log_says_why(units: Units, staff: Person, match_id: UUID) -> None:
    end(units, staff, match_id)
    with units.read(SYSTEM) as reading:
        assert reading.session.get_one(Match, match_id).state is MatchState.ENDED
        (line,) = reading.session.scalars(select(AuditEntry).where(AuditEntry.subject_id == match_id))
        assert (line.actor_id, line.action, line.reason) == (staff.id, "match_ended", REASON)
        assert (line.before, line.after) == ({"state": "active"}, {"state": "ended"})
        told = reading.session.scalars(select(Notification).where(Notification.match_id == match_id)).all()
        assert [row.kind for row in told] == [Kind.MATCH_CHANGED]
        assert REASON not in str([row.params for row in told])
        assert reading.session.scalar(select(Feedback.id)) is None


@pytest.mark.parametrize("why", ["", " \n", "x" * (WHY + 1)])
def test_without_a_reason_nothing_changes(units: Units, staff: Person, match_id: UUID, why: str) -> None:
    with pytest.raises(InvalidFields):
        end(units, staff, match_id, why)
    with units.read(SYSTEM) as reading:
        assert reading.session.get_one(Match, match_id).state is MatchState.ACTIVE
        assert reading.session.scalar(select(AuditEntry.id)) is None


def test_what_is_over_or_not_there_is_not_ended(units: Units, staff: Person, match_id: UUID) -> None:
    end(units, staff, match_id)
    with pytest.raises(MatchOver):
        end(units, staff, match_id)
    with pytest.raises(NotFound):
        end(units, staff, uuid4())


def test_two_of_staff_at_once_end_it_once(units: Units, staff: Person, match_id: UUID) -> None:
    def act(_: int) -> bool:
        try:
            end(units, staff, match_id)
        except MatchOver:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(act, range(8))) == 1
    with units.read(SYSTEM) as reading:
        assert len(reading.session.scalars(select(AuditEntry)).all()) == 1
