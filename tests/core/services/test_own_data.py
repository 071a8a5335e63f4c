"""What a person is told of what is kept: every table and column is accounted for, and others' words stay theirs."""

import pytest
from sqlalchemy import inspect, select

from core.models import AuditEntry, Base, Feedback, Notification, User
from core.notifications import Kind
from core.rules.checkins import FeedbackKind
from core.rules.errors import NotFound
from core.rules.roles import PersonState
from core.services.own_data import OwnData, own_data, send_own_data
from core.services.own_data_tables import INTERNAL, LEFT_OUT, PARTS
from core.services.own_data_tables.parts import Part
from core.services.people import Person
from core.uow import SYSTEM, Units, admin, member
from tests.support import factories as make


def told(units: Units, person: Person) -> OwnData:
    with units.read(member(person.id)) as reading:
        return own_data(reading)


def test_every_table_is_told_or_left_out_for_a_reason() -> None:
    tables = {part.table.__tablename__ for part in PARTS}
    assert tables | LEFT_OUT.keys() == Base.metadata.tables.keys()
    assert not tables & LEFT_OUT.keys()
    assert all(LEFT_OUT.values())


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.title)
def test_every_column_is_told_or_kept_back_for_a_reason(part: Part) -> None:
    columns = {column.key for column in inspect(part.table).column_attrs}
    accounted = part.columns.keys() | part.kept_back.keys() | INTERNAL
    assert accounted == columns, f"“{part.title}” in core/services/own_data_tables differs by {accounted ^ columns}"
    assert not part.columns.keys() & part.kept_back.keys()
    assert part.of_mine <= part.columns.keys()


def test_each_has_their_own_and_nobody_elses(units: Units) -> None:
    mia, kim = make.student(units, "Mia Tan"), make.mentor(units, "Kim Alder")
    make.wave(units, make.request(units, mia), kim)
    match_id = make.match(units, mia, kim)
    with units.work(SYSTEM) as work:
        for person, words in ((mia, "Of Mia"), (kim, "Of Kim")):
            work.session.add(
                Feedback(
                    match_id=match_id, author_id=person.id, kind=FeedbackKind.SURVEY, comment=words, said_at=work.now
                )
            )
    parts = {part.title: part.rows for part in told(units, mia).parts}
    assert parts["You"][0]["Name"] == "Mia Tan"
    assert parts["Your mentorships"][0]["With"] == "Kim Alder"
    assert [row["Comment"] for row in parts["Your feedback"]] == ["Of Mia"]
    assert parts["Mentors who were asked about you"][0]["Score of 100"] == 80.0
    assert "Kim" not in str(parts["Mentors who were asked about you"])
    assert "Of Mia" not in str(told(units, kim))
    assert told(units, make.student(units)).parts[0].rows[0]["Name"] != "Mia Tan"


def test_staff_have_it_sent_and_that_stands_in_the_log(units: Units) -> None:
    mia, ada = make.student(units), make.person(units, is_admin=True)
    with units.work(admin(ada.id)) as work:
        send_own_data(work, mia.id)
    with units.read(SYSTEM) as reading:
        line = reading.session.scalars(select(AuditEntry)).one()
        message = reading.session.scalars(select(Notification).where(Notification.kind == Kind.OWN_DATA)).one()
    assert (line.action, line.actor_id, line.subject_id) == ("data_sent", ada.id, mia.id)
    assert message.recipient_id == mia.id
    with units.work(SYSTEM) as work:
        work.session.get_one(User, mia.id).state = PersonState.ERASED
    with pytest.raises(NotFound), units.work(admin(ada.id)) as work:
        send_own_data(work, mia.id)
