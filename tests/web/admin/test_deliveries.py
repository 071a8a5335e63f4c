"""Failed messages are sent again from their list."""

from fastapi.testclient import TestClient

from core.models import NotificationState
from core.uow import Units
from tests.core.services.test_resending import message
from tests.support.staff import FIELD


def press(desk: TestClient, pk: object) -> tuple[int, str]:
    token = FIELD.search(desk.get("/admin/").text)
    assert token
    answer = desk.post(f"/admin/_api/deliveries/row-action?name=again&pk={pk}", headers={"X-CSRFToken": token[1]})
    return answer.status_code, answer.text


def test_what_failed_is_sent_again(desk: TestClient, units: Units) -> None:
    id_ = message(units)
    assert 'data-sa-name="again"' in desk.get("/admin/deliveries/list").text
    assert press(desk, id_)[0] == 200
    page = desk.get("/admin/deliveries/list").text
    assert "It is on its way." in page
    assert 'data-sa-name="again"' not in page
    assert "Sent again" in desk.get("/admin/audit/export/csv").text


def test_what_went_out_is_not(desk: TestClient, units: Units) -> None:
    id_ = message(units, NotificationState.SENT)
    assert 'data-sa-name="again"' not in desk.get("/admin/deliveries/list").text
    for pk in (id_, "nonsense"):
        assert press(desk, pk)[0] == 400
    assert "Sent again" not in desk.get("/admin/audit/export/csv").text
