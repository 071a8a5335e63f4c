"""Staff sign in by a link that works once, and stay signed in no longer than they are staff."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from core.models import AuditEntry, SignInLink, StaffSession, User
from core.rules.errors import NotAllowed
from core.rules.sign_ins import AT_MOST, IDLE, LINK_LASTS, Refusal
from core.services.people import Person
from core.services.sign_ins import (
    KEPT,
    SignedIn,
    forget_old,
    make_link,
    open_session,
    sign_in,
    sign_out,
    visitor,
    who_may_enter,
)
from core.uow import SYSTEM, Units, admin, member
from tests.conftest import NOON, later
from tests.support import factories as make

SECOND = timedelta(seconds=1)


@pytest.fixture
def ada(units: Units) -> Person:
    return make.person(units, "Ada Staff", is_admin=True)


def link(units: Units, person: Person) -> str:
    with units.work(admin(person.id)) as work:
        return make_link(work)


def enter(units: Units, key: str, before: str | None = None) -> SignedIn | Refusal:
    with units.work(SYSTEM) as work:
        return sign_in(work, key, before=before)


def session(units: Units, person: Person) -> str:
    with units.work(SYSTEM) as work:
        return open_session(work, person).key


def who(units: Units, key: str) -> str | None:
    with units.work(SYSTEM) as work:
        person = visitor(work, key)
    return person.name if person else None


def endings(units: Units) -> list[str | None]:
    with units.read(SYSTEM) as reading:
        return [str(one) if one else None for one in reading.session.scalars(select(StaffSession.ending))]


def audit(units: Units) -> list[tuple[str, bool]]:
    """What the audit log tells, in order, and whether it knows who did it."""
    with units.read(SYSTEM) as reading:
        lines = reading.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        return [(line.action, line.actor_id is not None) for line in lines]


def test_a_link_signs_its_person_in_once(units: Units, ada: Person) -> None:
    key = link(units, ada)
    with units.read(SYSTEM) as reading:
        looked = who_may_enter(reading, key)
    assert isinstance(looked, Person)
    assert looked.id == ada.id  # looking uses nothing up
    entered = enter(units, key)
    assert isinstance(entered, SignedIn)
    assert who(units, entered.key) == "Ada Staff"
    assert enter(units, key) is Refusal.USED
    assert audit(units) == [("sign_in_link_made", True), ("signed_in", True), ("sign_in_refused", False)]


def test_of_fifty_at_once_one_gets_a_session(units: Units, ada: Person) -> None:
    key = link(units, ada)
    with ThreadPoolExecutor(50) as pool:
        outcomes = list(pool.map(lambda _: enter(units, key), range(50)))
    assert sum(isinstance(one, SignedIn) for one in outcomes) == 1
    assert outcomes.count(Refusal.USED) == 49
    assert len(endings(units)) == 1


def test_a_link_works_for_ten_minutes(units: Units, ada: Person) -> None:
    key, last = link(units, ada), NOON + LINK_LASTS
    assert enter(later(units, last), key) is Refusal.EXPIRED
    assert isinstance(enter(later(units, last - SECOND), key), SignedIn)


def test_a_link_opens_nothing_for_who_is_no_staff_any_more(units: Units, ada: Person) -> None:
    key = link(units, ada)
    lose_role(units, ada)
    assert enter(units, key) is Refusal.NOT_STAFF
    assert enter(units, "made up") is Refusal.UNKNOWN
    assert endings(units) == []
    assert [action for action, _ in audit(units)][1:] == ["sign_in_refused"] * 2


def test_only_staff_get_a_link(units: Units) -> None:
    student = make.student(units)
    with pytest.raises(NotAllowed), units.work(member(student.id)) as work:
        make_link(work)


def test_keys_are_nowhere_in_the_database(units: Units, ada: Person) -> None:
    key = link(units, ada)
    entered = enter(units, key)
    assert isinstance(entered, SignedIn)
    with units.read(SYSTEM) as reading:
        hashes = [*reading.session.scalars(select(SignInLink.key_hash))]
        hashes += reading.session.scalars(select(StaffSession.key_hash))
        lines = str(reading.session.execute(text("SELECT * FROM audit_log")).all())
    assert [len(one) for one in hashes] == [32, 32]
    for secret in (key, entered.key):
        assert secret not in lines
        assert secret.encode() not in hashes


def lose_role(units: Units, person: Person) -> None:
    with units.work(SYSTEM) as work:
        work.session.get_one(User, person.id).roles = ["student"]


def leave(units: Units, person: Person) -> None:
    with units.work(SYSTEM) as work:
        work.session.execute(text("UPDATE users SET state = 'left' WHERE id = :id"), {"id": person.id})


def be_erased(units: Units, person: Person) -> None:
    with units.work(member(person.id)) as work:  # as they do it themselves
        work.session.execute(text("UPDATE users SET state = 'erased' WHERE id = :id"), {"id": person.id})


@pytest.mark.parametrize("go", [lose_role, leave, be_erased])
def test_a_session_ends_with_the_role_at_once(units: Units, ada: Person, go: object) -> None:
    key, other = session(units, ada), session(units, make.person(units, "Other", is_admin=True))
    assert callable(go)
    go(units, ada)
    assert sorted(map(str, endings(units))) == ["None", "not_staff"]
    with units.work(SYSTEM) as work:  # and having the role again does not bring it back
        user = work.session.get_one(User, ada.id)
        user.roles, user.state = ["admin"], type(user.state).ACTIVE
    assert (who(units, key), who(units, other)) == (None, "Other")


def test_a_session_ends_when_nobody_is_there(units: Units, ada: Person) -> None:
    key = session(units, ada)
    assert who(later(units, NOON + IDLE - SECOND), key)
    assert who(later(units, NOON + 2 * IDLE - 2 * SECOND), key)  # it was used meanwhile
    assert who(later(units, NOON + 4 * IDLE), key) is None
    assert endings(units) == ["idle"]


def test_a_busy_session_ends_all_the_same(units: Units, ada: Person) -> None:
    key, moment = session(units, ada), NOON
    while moment + IDLE / 2 < NOON + AT_MOST:
        moment += IDLE / 2
        assert who(later(units, moment), key)
    assert who(later(units, NOON + AT_MOST), key) is None
    assert endings(units) == ["too_long"]


def test_signing_in_again_gives_another_key_and_ends_the_session_before(units: Units, ada: Person) -> None:
    before = session(units, ada)
    entered = enter(units, link(units, ada), before)
    assert isinstance(entered, SignedIn)
    assert entered.key != before
    assert (who(units, before), who(units, entered.key)) == (None, "Ada Staff")


def test_signing_out_ends_it_once(units: Units, ada: Person) -> None:
    key = session(units, ada)
    for _ in range(2):
        with units.work(SYSTEM) as work:
            sign_out(work, key)
    assert who(units, key) is None
    assert audit(units) == [("signed_in", True), ("signed_out", True)]


def test_what_is_long_over_is_forgotten(units: Units, ada: Person) -> None:
    link(units, ada)
    session(units, ada)
    with later(units, NOON + KEPT).work(SYSTEM) as work:
        forget_old(work)
    assert len(endings(units)) == 1
    with later(units, NOON + 2 * KEPT).work(SYSTEM) as work:
        forget_old(work)
    with units.read(SYSTEM) as reading:
        assert reading.session.scalars(select(SignInLink.id)).all() == []
    assert endings(units) == []


def test_nobody_but_the_service_reads_links_or_opens_sessions(units: Units, ada: Person) -> None:
    link(units, ada)
    with units.read(admin(ada.id)) as reading:
        assert reading.session.scalars(select(SignInLink.id)).all() == []
    with pytest.raises(DBAPIError, match="row-level security"), units.work(admin(ada.id)) as work:
        work.session.add(StaffSession(person_id=ada.id, key_hash=b"mine", started_at=NOON, seen_at=NOON))
