"""Cohorts by staff: made, renamed, removed, and who belongs to them."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from core.models import AuditEntry, Request
from core.rules.cohorts import CohortInUse
from core.rules.errors import InvalidFields, NotFound
from core.services.cohorts import (
    change_cohort,
    cohort_view,
    cohort_views,
    make_cohort,
    open_requests,
    put_in,
    put_in_all,
    remove_cohort,
    take_out,
)
from core.services.requests import cancel_request
from core.uow import SYSTEM, Units, Work, admin, member
from tests.conftest import NOON, later
from tests.support import factories as make

A_MONTH = timedelta(days=30)


@pytest.fixture
def staff(units: Units) -> UUID:
    return make.person(units, "Ada Staff", is_admin=True).id


def made(units: Units, staff: UUID, name: str = "Spring 2030", **days: object) -> UUID:
    with units.work(admin(staff)) as work:
        return make_cohort(work, name, **days)  # type: ignore[arg-type]


def cohort_of(units: Units, request_id: UUID) -> UUID | None:
    with units.read(SYSTEM) as reading:
        return reading.session.get_one(Request, request_id).cohort_id


def test_a_request_made_in_its_days_joins_by_itself(units: Units, staff: UUID) -> None:
    spring = made(units, staff, since=NOON, until=NOON + A_MONTH)
    inside = make.request(units, make.student(units))
    after = later(units, NOON + A_MONTH)
    outside = make.request(after, make.student(after))
    assert (cohort_of(units, inside), cohort_of(units, outside)) == (spring, None)


def test_two_of_one_name_are_refused_whatever_the_capitals(units: Units, staff: UUID) -> None:
    spring, autumn = made(units, staff), made(units, staff, "Autumn")
    with pytest.raises(InvalidFields):
        made(units, staff, "SPRING 2030")
    with pytest.raises(InvalidFields), units.work(admin(staff)) as work:
        change_cohort(work, autumn, "Spring 2030", None, None)
    with units.work(admin(staff)) as work:
        change_cohort(work, spring, "spring 2030", NOON, NOON + A_MONTH)
    with units.read(admin(staff)) as reading:
        assert [one.name for one in cohort_views(reading)] == ["Autumn", "spring 2030"]


def test_requests_are_put_in_and_taken_out(units: Units, staff: UUID) -> None:
    mia = make.student(units, "Mia Tan")
    first, second, closed = make.request(units, mia), make.request(units, make.student(units)), UUID(int=0)
    lea = make.student(units)
    closed = make.request(units, lea)
    with units.work(member(lea.id)) as work:
        cancel_request(work, closed)
    spring, autumn = made(units, staff), made(units, staff, "Autumn", since=NOON - A_MONTH, until=NOON)
    with units.work(admin(staff)) as work:
        assert put_in(work, spring, [first, closed]) == 1
    with units.work(admin(staff)) as work:
        assert put_in(work, autumn, [first]) == 0  # of a cohort already
        assert put_in_all(work, autumn, of_its_days=True) == 0  # its days are over
        assert put_in_all(work, autumn, of_its_days=False) == 1
    assert (cohort_of(units, first), cohort_of(units, second), cohort_of(units, closed)) == (spring, autumn, None)
    with units.read(admin(staff)) as reading:
        assert [one.student for one in open_requests(reading, spring)] == ["Mia Tan"]
        assert cohort_view(reading, spring).open_requests == 1
    with units.work(admin(staff)) as work:
        assert take_out(work, spring, [first, second]) == 1
    assert cohort_of(units, first) is None
    with pytest.raises(InvalidFields), units.work(admin(staff)) as work:
        put_in_all(work, spring, of_its_days=True)


def test_only_an_empty_one_is_removed(units: Units, staff: UUID) -> None:
    spring, request = made(units, staff), make.request(units, make.student(units))
    with units.work(admin(staff)) as work:
        put_in(work, spring, [request])
    with pytest.raises(CohortInUse), units.work(admin(staff)) as work:
        remove_cohort(work, spring)
    with units.work(admin(staff)) as work:
        take_out(work, spring, [request])
    with units.work(admin(staff)) as work:
        remove_cohort(work, spring)
    for deed in (cohort_view, remove_cohort):
        with pytest.raises(NotFound), units.work(admin(staff)) as work:
            deed(work, spring)


def test_each_change_leaves_a_line(units: Units, staff: UUID) -> None:
    def act(work: Work) -> None:
        spring = make_cohort(work, "Spring")
        change_cohort(work, spring, "Spring 2030", None, None)
        change_cohort(work, spring, "Spring 2030", None, None)  # nothing changes
        put_in_all(work, spring, of_its_days=False)
        remove_cohort(work, spring)

    with units.work(admin(staff)) as work:
        act(work)
    with units.read(admin(staff)) as reading:
        lines = reading.session.execute(
            select(AuditEntry.action, AuditEntry.before, AuditEntry.after).order_by(AuditEntry.id)
        ).all()
    assert [line.action for line in lines] == ["cohort_made", "cohort_changed", "cohort_removed"]
    assert (lines[1].before["name"], lines[1].after["name"]) == ("Spring", "Spring 2030")
