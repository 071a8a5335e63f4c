"""Importing people: what it would do, and that it does just that."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from core.models import AuditEntry, Notification, Offer, Profile, User
from core.queue import Job
from core.rules.import_files import read_table
from core.rules.offers import OfferState
from core.rules.roles import PersonState, Role
from core.services.imports import Change, ImportOutdated, Preview, import_part, parts, preview
from core.services.people import Person, remember_by_mail
from core.services.profiles import save_profile
from core.uow import SYSTEM, Units, admin, member
from tests.support import factories as make
from tests.support.import_files import Cells, file_of, row, rows_with_faults
from tests.support.queues import Recorded


@pytest.fixture
def ada(units: Units) -> Person:
    return make.person(units, "Ada Staff", is_admin=True)


def look(units: Units, rows: list[Cells], columns: tuple[str, ...] = ()) -> Preview:
    content = file_of(rows, columns=columns) if columns else file_of(rows)
    with units.read(SYSTEM) as reading:
        return preview(reading, read_table(content))


def carry_out(units: Units, ada: Person, seen: Preview) -> None:
    for steps in parts(seen):
        with units.work(admin(ada.id)) as work:
            import_part(work, steps, "Europe/Lisbon")


def counts(seen: Preview) -> list[int]:
    return [seen.people(change) for change in Change]


def people(units: Units) -> int:
    with units.read(SYSTEM) as reading:
        return reading.session.scalars(select(func.count()).select_from(User)).one()


def test_of_a_thousand_rows_a_look_lists_the_thirty_faulty_ones_and_writes_nothing(units: Units, ada: Person) -> None:
    wrong = list(range(5, 1000, 34))
    seen = look(units, rows_with_faults(1000, wrong))
    assert sorted({fault.number for fault in seen.faults}) == wrong
    assert (seen.faulty, counts(seen)) == (30, [970, 0, 0])
    assert people(units) == 1
    carry_out(units, ada, seen)
    assert people(units) == 971
    assert counts(look(units, rows_with_faults(1000, wrong))) == [0, 0, 970]


def test_new_people_are_reached_by_mail_and_nobody_is_sent_anything(units: Units, ada: Person, queue: Recorded) -> None:
    carry_out(units, ada, look(units, [row(1), row(1, role="mentor", mentees="2"), row(2, slack_id="U0SAID")]))
    with units.read(SYSTEM) as reading:
        one, two = reading.session.scalars(select(User).where(User.id != ada.id).order_by(User.name))
        assert (one.name, one.email, one.tz, one.roles) == (
            "Person 1", "import1@example.org", "Europe/Lisbon", ["mentor", "student"],
        )  # fmt: skip
        assert (one.slack_user_id, two.slack_user_id, two.slack_named) == (None, None, "U0SAID")
        told = reading.session.scalars(select(Profile).where(Profile.user_id == one.id, Profile.role == "mentor")).one()
        assert (told.max_mentees, told.skills, told.meet) == (2, ["Python", "Kubernetes"], ["Video", "In person"])
        assert not reading.session.scalars(select(Notification)).all()
    jobs = [job for job, _ in queue.jobs]
    assert jobs.count(Job.ENCODE_PROFILE) == 3
    assert jobs.count(Job.FIND_ACCOUNTS) == 1


def test_who_is_known_is_updated_and_columns_left_out_stay(units: Units, ada: Person) -> None:
    carry_out(units, ada, look(units, [row(1, role="mentor", mentees="4", about="Before.")]))
    columns = ("name", "email", "role", "headline", "goals", "industries", "skills", "meet")
    seen = look(units, [row(1, role="mentor", name="Another Name", email="IMPORT1@example.org", goals="More")], columns)
    assert [(step.change, step.columns) for step in seen.steps] == [(Change.UPDATED, ("name", "goals"))]
    carry_out(units, ada, seen)
    with units.read(SYSTEM) as reading:
        told = reading.session.scalars(select(Profile)).one()
        assert (told.goals, told.max_mentees, told.about) == ("More", 4, "Before.")
        assert reading.session.get_one(User, told.user_id).name == "Another Name"
    assert [
        step.change
        for step in look(units, [row(1, role="mentor", name="Another Name", goals="More", about="Before.")]).steps
    ] == [Change.UNCHANGED]


def test_what_slack_says_of_a_person_comes_first(units: Units, ada: Person) -> None:
    mia = make.student(units, "Mia Tan")
    assert mia.email
    seen = look(
        units, [row(1, name="Somebody Else", email=mia.email, headline="New", slack_id=mia.slack_user_id or "")]
    )
    assert "name" not in seen.steps[0].columns
    carry_out(units, ada, seen)
    with units.read(SYSTEM) as reading:
        user = reading.session.get_one(User, mia.id)
        assert (user.name, user.slack_user_id) == ("Mia Tan", mia.slack_user_id)


def test_rows_that_contradict_what_is_known_are_faulty(units: Units) -> None:
    mia, kim = make.student(units, "Mia Tan"), make.mentor(units, "Kim Alder")
    gone = make.student(units, "Gone Away")
    assert mia.email
    assert gone.email
    with units.work(SYSTEM) as work:
        work.session.get_one(User, gone.id).state = PersonState.LEFT
    rows = [
        row(1, email=mia.email, slack_id=kim.slack_user_id or ""),
        row(2, slack_id=kim.slack_user_id or ""),
        row(3, email=gone.email),
    ]
    faults = [(fault.number, fault.column) for fault in look(units, rows).faults]
    assert faults == [(2, "slack_id"), (3, "slack_id"), (4, "email")]


def test_a_mentor_who_wants_fewer_mentees_is_asked_about_fewer_students(units: Units, ada: Person) -> None:
    columns = ("name", "email", "role", "headline", "goals", "industries", "skills", "meet", "mentees")
    kim = make.mentor(units, "Kim Alder", max_mentees=2)
    for _ in range(4):
        make.wave(units, make.request(units, make.student(units)), kim)
    assert kim.email
    seen = look(units, [row(1, email=kim.email, role="mentor", mentees="1"), row(2)], columns)
    assert [len(steps) for steps in parts(seen)] == [1, 1]
    carry_out(units, ada, seen)
    with units.read(SYSTEM) as reading:
        left = select(func.count()).where(Offer.mentor_id == kim.id, Offer.state == OfferState.OPEN)
        assert reading.session.scalars(left).one() == 2


def test_what_changed_since_the_look_is_not_imported(units: Units, ada: Person) -> None:
    columns = ("name", "email", "role", "headline", "goals", "industries", "skills", "meet")
    mia = make.student(units, "Mia Tan")
    assert mia.email
    rows = [row(1, email=mia.email, goals="From the file")]
    seen = look(units, rows, columns)
    with units.work(member(mia.id)) as work:
        save_profile(work, mia.id, replace(make.STUDENT, goals="My own words"))
    assert look(units, rows, columns).fingerprint != seen.fingerprint
    with pytest.raises(ImportOutdated):
        carry_out(units, ada, seen)


def test_who_turned_up_since_the_look_is_not_made_a_second_time(units: Units, ada: Person) -> None:
    seen = look(units, [row(1)])
    with units.work(SYSTEM) as work:
        remember_by_mail(work, "Import1@example.org", "Person 1")
    with pytest.raises(ImportOutdated):
        carry_out(units, ada, seen)
    assert people(units) == 2


def test_of_several_imports_of_one_file_at_once_one_is_carried_out(units: Units, ada: Person) -> None:
    seen = look(units, [row(n) for n in range(1, 8)])

    def attempt(_: int) -> bool:
        try:
            carry_out(units, ada, seen)
        except ImportOutdated:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(8))) == 1
    assert people(units) == 8


def test_the_audit_log_counts_and_names_nobody(units: Units, ada: Person) -> None:
    carry_out(units, ada, look(units, [row(1), row(2)]))
    with units.read(SYSTEM) as reading:
        line = reading.session.scalars(select(AuditEntry)).one()
    assert (line.actor_id, line.action, line.after) == (
        ada.id, "people_imported", {"rows": {"new": 2, "updated": 0}},
    )  # fmt: skip


def test_who_is_student_and_new_mentor_counts_once(units: Units, ada: Person) -> None:
    carry_out(units, ada, look(units, [row(1)]))
    seen = look(units, [row(1), row(1, role="mentor")])
    assert counts(seen) == [0, 1, 0]
    assert seen.new_mentors == 1
    carry_out(units, ada, seen)
    with units.read(SYSTEM) as reading:
        assert set(reading.session.scalars(select(Profile.role))) == {Role.STUDENT, Role.MENTOR}
