"""The watch over the order of locks finds what it is there for, from transactions that never ran at once."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, select

from core.models import Base, Request, User
from core.services.profiles import save_profile
from core.uow import SYSTEM, Units, Work
from tests.support import factories as make
from tests.support.lock_order import Lock, LockOrder, Mode, Transaction
from tests.support.lock_watch import watched

EXCLUSIVE = Lock(Mode.UPDATE)
REFERENCE = Lock(Mode.KEY_SHARE)


def taken(*transactions: list[tuple[str, str, Lock]]) -> LockOrder:
    """What is seen of transactions that each take these rows in turn."""
    order = LockOrder()
    for locks in transactions:
        by = Transaction()
        for table, row, lock in locks:
            order.take(by, table, [row], lock, "here")
    return order


def test_two_tables_in_two_orders_are_a_circle() -> None:
    there, back = [("a", "1", EXCLUSIVE), ("b", "1", EXCLUSIVE)], [("b", "2", EXCLUSIVE), ("a", "2", EXCLUSIVE)]
    assert len(taken(there, back).circles()) == 1
    assert taken(there, there).told() == []


def test_a_circle_may_lead_over_three_tables() -> None:
    steps = [[(one, "1", EXCLUSIVE), (next_, "1", EXCLUSIVE)] for one, next_ in ("ab", "bc", "ca")]
    assert [len(circle) for circle in taken(*steps).circles()] == [3]
    assert taken(*steps[:2]).circles() == []


def test_references_do_not_wait_for_each_other_and_not_for_an_update() -> None:
    there = [("a", "1", EXCLUSIVE), ("b", "1", REFERENCE)]
    assert taken(there, [("b", "1", REFERENCE), ("a", "1", EXCLUSIVE)]).circles() == []
    assert taken(there, [("b", "1", Lock(Mode.NO_KEY_UPDATE)), ("a", "1", EXCLUSIVE)]).circles() == []
    assert len(taken(there, [("b", "1", EXCLUSIVE), ("a", "1", EXCLUSIVE)]).circles()) == 1


def test_who_is_alone_with_a_row_waits_for_nobody_there() -> None:
    gated = Lock(Mode.UPDATE, gated=True)
    there = [("a", "1", EXCLUSIVE), ("b", "1", gated)]
    assert taken(there, [("b", "1", gated), ("a", "1", EXCLUSIVE)]).circles() == []
    assert len(taken(there, [("b", "1", EXCLUSIVE), ("a", "1", EXCLUSIVE)]).circles()) == 1


def test_rows_of_a_table_are_taken_by_id_and_references_are_not_raised_to_locks() -> None:
    assert list(taken([("a", "2", EXCLUSIVE), ("a", "1", EXCLUSIVE)]).unordered) == ["a"]
    assert list(taken([("a", "1", REFERENCE), ("a", "1", EXCLUSIVE)]).raised) == ["a"]
    assert taken([("a", "1", EXCLUSIVE), ("a", "2", EXCLUSIVE), ("a", "1", EXCLUSIVE)]).told() == []


@pytest.fixture
def order(engine: Engine) -> Iterator[LockOrder]:
    with watched(engine, tests_too=True) as order:
        yield order


def lock(work: Work, table: type[Base], *, skip: bool = False) -> None:
    statement = select(table).order_by(table.id).with_for_update(skip_locked=skip)
    work.session.scalars(statement.execution_options(populate_existing=True)).all()


def test_statements_are_seen_as_what_they_lock(units: Units, order: LockOrder) -> None:
    make.request(units, make.student(units))
    with units.work(SYSTEM) as work:
        lock(work, Request)
        lock(work, User)
    with units.work(SYSTEM) as work:
        for person in work.session.scalars(select(User)):
            person.locale = "nl"
        work.session.flush()
        lock(work, Request)
    (circle,) = order.circles()
    assert {edge.held for edge in circle} == {"mentorship_requests", "users"}
    assert {edge.held_as.mode for edge in circle} == {Mode.UPDATE, Mode.NO_KEY_UPDATE}


def test_a_row_that_refers_to_another_locks_it_against_deletion(units: Units, order: LockOrder) -> None:
    student = make.student(units)
    order.edges.clear()
    with units.work(SYSTEM) as work:
        save_profile(work, student.id, make.MENTOR)
        work.session.flush()
        lock(work, User)
    assert list(order.raised) == ["users"]


def test_what_is_skipped_or_given_back_is_no_step(units: Units, order: LockOrder) -> None:
    make.request(units, make.student(units))
    order.edges.clear()
    with units.work(SYSTEM) as work:
        with work.session.begin_nested() as savepoint:
            lock(work, User)
            savepoint.rollback()
        lock(work, Request)
        lock(work, User, skip=True)
    assert order.edges == {}
