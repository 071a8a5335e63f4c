"""A matched intake before it is published: asked for, edited by hand, put aside. Nothing is sent."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from core.models import AuditEntry, Match, Notification, Offer, Profile
from core.notifications import Kind
from core.queue import Job
from core.rules.cohorts import NobodyToMatch, NoPlaceInPlan, PairRefused
from core.rules.errors import InvalidFields, NotFound
from core.rules.runs import RunMoved, RunState
from core.services.cohort_runs import ask_cohort_run, choose, put_aside, totals_now
from core.services.people import Person
from core.uow import SYSTEM, Units, admin
from tests.conftest import NOON
from tests.support import factories as make
from tests.support.by_hand import ready_run
from tests.support.plans import Wish, chosen, plan, run_of
from tests.support.queues import Recorded

WHY = "They met at the fair."


@pytest.fixture
def staff(units: Units) -> UUID:
    return make.person(units, "Ada Staff", is_admin=True).id


def wish(units: Units, name: str, *mentors: Person) -> Wish:
    student = make.student(units, name)
    return student, make.request(units, student), mentors


def edit(units: Units, staff: UUID, run_id: UUID, student: Person, mentor: Person | None, why: str = WHY) -> None:
    with units.work(admin(staff)) as work:
        choose(work, run_id, student.id, mentor.id if mentor else None, why)


def test_it_is_asked_of_a_worker_and_changes_nothing(units: Units, staff: UUID, queue: Recorded) -> None:
    with pytest.raises(NobodyToMatch), units.work(admin(staff)) as work:
        ask_cohort_run(work, None)
    offered = make.request(units, make.student(units))
    make.wave(units, offered, make.mentor(units))
    with pytest.raises(NobodyToMatch), units.work(admin(staff)) as work:
        ask_cohort_run(work, None)  # mentors have been asked, and staff have not said to take these in
    with units.work(admin(staff)) as work:
        run_id = ask_cohort_run(work, None, include_offered=True, why="The spring intake.")
    assert queue.of(Job.RUN) == [(str(run_id),)]
    assert run_of(units, run_id).state is RunState.ASKED
    with units.read(SYSTEM) as reading:
        line = reading.session.scalars(select(AuditEntry)).one()
    assert (line.action, line.reason, line.after["requests"]) == ("cohort_run_asked", "The spring intake.", 1)


def test_another_mentor_is_chosen_and_then_nobody(units: Units, staff: UUID) -> None:
    kim, sam = make.mentor(units, "Kim"), make.mentor(units, "Sam")
    mia, request, mentors = wish(units, "Mia", kim, sam)
    run_id = plan(units, staff, (mia, request, mentors))
    edit(units, staff, run_id, mia, sam)
    assert chosen(units, run_id) == {mia.id: sam.id}
    with units.read(admin(staff)) as reading:
        assert totals_now(reading, run_id).points == pytest.approx(70)
    edit(units, staff, run_id, mia, sam)  # the same again is no change
    edit(units, staff, run_id, mia, None)
    assert chosen(units, run_id) == {}
    with units.read(SYSTEM) as reading:
        edited = select(AuditEntry).where(AuditEntry.action == "cohort_run_edited").order_by(AuditEntry.id)
        lines = reading.session.scalars(edited).all()
        assert [(line.before["mentor"], line.after["mentor"]) for line in lines] == [
            (str(kim.id), str(sam.id)),
            (str(sam.id), None),
        ]
        assert {line.reason for line in lines} == {WHY}
        told = reading.session.scalar(select(func.count()).where(Notification.kind != Kind.REQUEST_STATUS))
        sent = [reading.session.scalar(select(func.count()).select_from(table)) for table in (Offer, Match)]
    assert (told, sent) == (0, [0, 0])


def test_a_mentor_has_no_more_in_the_plan_than_places(units: Units, staff: UUID) -> None:
    kim, sam = make.mentor(units, "Kim", max_mentees=1), make.mentor(units, "Sam")
    first, second = wish(units, "Mia", kim), wish(units, "Lea", sam, kim)
    run_id = plan(units, staff, first, second)
    with pytest.raises(NoPlaceInPlan) as refused:
        edit(units, staff, run_id, second[0], kim)
    assert refused.value.facts == {"places": 1, "taken_by": ["Mia"]}
    edit(units, staff, run_id, first[0], None)
    edit(units, staff, run_id, second[0], kim)
    assert chosen(units, run_id) == {second[0].id: kim.id}


def test_hard_rules_hold_as_they_are_now(units: Units, staff: UUID) -> None:
    kim, sam = make.mentor(units, "Kim"), make.mentor(units, "Sam")
    mia, request, mentors = wish(units, "Mia", kim, sam)
    run_id = plan(units, staff, (mia, request, mentors))
    with units.work(SYSTEM) as work:
        paused = {"paused_until": NOON + timedelta(days=1)}
        work.session.execute(update(Profile).where(Profile.user_id == sam.id).values(paused))
    with pytest.raises(PairRefused) as refused:
        edit(units, staff, run_id, mia, sam)
    assert refused.value.facts == {"refusals": ["paused"]}


def test_what_makes_no_sense_is_refused(units: Units, staff: UUID) -> None:
    kim, other = make.mentor(units, "Kim"), make.mentor(units, "Other")
    mia, request, mentors = wish(units, "Mia", kim)
    run_id = plan(units, staff, (mia, request, mentors))
    for student, mentor in ((mia, other), (other, kim)):
        with pytest.raises(NotFound):
            edit(units, staff, run_id, student, mentor)
    with pytest.raises(InvalidFields):
        edit(units, staff, run_id, mia, None, why=" ")
    by_hand = ready_run(units, make.person(units, is_admin=True), mia, kim)
    with pytest.raises(NotFound), units.work(admin(staff)) as work:
        put_aside(work, by_hand, WHY)
    with units.work(admin(staff)) as work:
        put_aside(work, run_id, WHY)
    with pytest.raises(RunMoved):
        edit(units, staff, run_id, mia, None)
