"""What staff do in the list of people for somebody who asked by mail: send them their data, and erase them."""

from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from core.models import Notification
from core.notifications import Kind
from core.rules.roles import PersonState
from core.services.people import Person, standing
from core.uow import SYSTEM, Units
from tests.support import factories as make
from tests.support.staff import FIELD


def press(desk: TestClient, name: str, person_id: object, **form: str) -> tuple[int, str]:
    token = FIELD.search(desk.get("/admin/").text)
    assert token
    where = f"/admin/_api/people/row-action?name={name}&pk={person_id}"
    answer = desk.post(where, data=form, headers={"X-CSRFToken": token[1]})
    return answer.status_code, answer.text


@pytest.fixture
def mia(units: Units) -> Person:
    return make.student(units, "Mia Tan")


def test_they_are_sent_their_data(desk: TestClient, units: Units, mia: Person) -> None:
    assert press(desk, "send_data", mia.id)[0] == 200
    with units.read(SYSTEM) as reading:
        sent = select(Notification.recipient_id).where(Notification.kind == Kind.OWN_DATA)
        assert reading.session.scalars(sent).all() == [mia.id]
    assert "data_sent" in desk.get("/admin/audit/list").text


def test_they_are_erased_for_a_reason_and_once(desk: TestClient, units: Units, mia: Person) -> None:
    assert press(desk, "erase", mia.id, why=" ")[0] == 400
    assert press(desk, "erase", mia.id, why="Asked us by mail.")[0] == 200
    with units.read(SYSTEM) as reading:
        assert standing(reading, mia.id) is PersonState.ERASED
    assert "Asked us by mail." in desk.get("/admin/audit/list").text
    listed = desk.get("/admin/people/list").text
    assert "Somebody who has left" in listed
    assert "Mia Tan" not in listed
    for name in ("erase", "send_data"):
        assert press(desk, name, mia.id, why="Again.") == (
            400,
            '{"msg":"This person is erased already, so nothing was changed."}',
        )


@pytest.mark.parametrize("name", ["send_data", "erase"])
@pytest.mark.parametrize("who", [UUID(int=7), "nobody"])
def test_an_id_of_nobody_is_told_and_no_failure_of_ours(desk: TestClient, name: str, who: object) -> None:
    assert press(desk, name, who, why="They asked.")[0] == 400
