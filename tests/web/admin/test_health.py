"""The health list: what needs care comes first, and what was done about it is noted from there."""

import pytest
from fastapi.testclient import TestClient

from core.uow import Units
from tests.core.services.test_health_steps import at_risk
from tests.support.staff import FIELD


def row_id(desk: TestClient) -> str:
    return desk.get("/admin/health/list").text.partition('data-sa-pk="')[2].partition('"')[0]


def keep(desk: TestClient, pk: str, note: str) -> tuple[int, str]:
    token = FIELD.search(desk.get("/admin/").text)
    assert token
    answer = desk.post(
        f"/admin/_api/health/row-action?name=done&pk={pk}", data={"note": note}, headers={"X-CSRFToken": token[1]}
    )
    return answer.status_code, answer.text


def test_a_match_at_risk_with_its_causes_and_the_step(desk: TestClient, units: Units) -> None:
    at_risk(units)
    page = desk.get("/admin/health/list").text
    for words in ("Mia Tan and Kim Alder", "At risk", "To do", "Silence.", "Write to both."):
        assert words in page


def test_what_was_done_stands_there_from_then_on(desk: TestClient, units: Units) -> None:
    at_risk(units)
    status, answer = keep(desk, row_id(desk), "Spoke to Kim.")
    assert status == 200, answer
    page = desk.get("/admin/health/list").text
    for words in ("In hand", "Spoke to Kim.", "Ada Staff", "Noted."):
        assert words in page
    assert "Spoke to Kim." in desk.get("/admin/audit/list").text
    assert "Mia Tan and Kim Alder" in desk.get("/admin/audit/list").text


@pytest.mark.parametrize("note", ["", "  "])
def test_without_a_note_nothing_is_kept(desk: TestClient, units: Units, note: str) -> None:
    at_risk(units)
    assert keep(desk, row_id(desk), note) == (400, '{"msg":"Please say in a few words what you did."}')


def test_of_what_is_not_there_nothing_is_kept(desk: TestClient) -> None:
    assert keep(desk, "019f1e2d-0000-7000-8000-000000000000", "Wrote.")[0] == 400


def test_without_the_pages_token_nothing_is_kept(desk: TestClient, units: Units) -> None:
    at_risk(units)
    answer = desk.post(f"/admin/_api/health/row-action?name=done&pk={row_id(desk)}", data={"note": "Spoke to Kim."})
    assert answer.status_code == 403
    assert "Spoke to Kim." not in desk.get("/admin/audit/list").text


def test_with_nothing_to_do_it_says_so(desk: TestClient) -> None:
    assert "No mentorship is at risk" in desk.get("/admin/health/list").text
