"""Ending a match from its list: with a reason, which stands in the audit log."""

from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from core.uow import Units
from tests.support import factories as make
from tests.support.staff import FIELD


def end(desk: TestClient, match_id: UUID, why: str) -> tuple[int, str]:
    token = FIELD.search(desk.get("/admin/").text)
    assert token
    where = f"/admin/_api/matches/row-action?name=end&pk={match_id}"
    answer = desk.post(where, data={"why": why}, headers={"X-CSRFToken": token[1]})
    return answer.status_code, answer.text


@pytest.fixture
def match_id(units: Units) -> UUID:
    return make.match(units, make.student(units, "Mia Tan"), make.mentor(units, "Kim Alder"))


def test_it_ends_and_the_audit_log_says_why(desk: TestClient, match_id: UUID) -> None:
    status, answer = end(desk, match_id, "Both asked us to.")
    assert status == 200, answer
    assert "It has ended, and both are told." in desk.get("/admin/matches/list").text
    log = desk.get("/admin/audit/list").text
    assert "Both asked us to." in log
    assert "Mia Tan and Kim Alder" in log
    assert end(desk, match_id, "Again.") == (
        400,
        '{"msg":"This mentorship is over already, so nothing was changed."}',
    )


def test_without_a_reason_it_goes_on(desk: TestClient, match_id: UUID) -> None:
    assert end(desk, match_id, " ")[0] == 400
    assert "Both asked us to." not in desk.get("/admin/audit/list").text


def test_without_the_pages_token_it_goes_on(desk: TestClient, match_id: UUID) -> None:
    answer = desk.post(f"/admin/_api/matches/row-action?name=end&pk={match_id}", data={"why": "No."})
    assert answer.status_code == 403
