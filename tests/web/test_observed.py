"""Every answer names its id; metrics count by route, tell no secrets, and are for this machine or a key."""

import logging

import pytest
from fastapi.testclient import TestClient

from app.web import create_app
from core.config import Settings
from core.rules.scopes import Scope
from core.services.tokens import create_token
from core.uow import SYSTEM, Units
from tests.support import factories as make

HERE, AWAY = ("127.0.0.1", 50000), ("203.0.113.7", 50000)


def web(settings: Settings, units: Units, where: tuple[str, int] = HERE) -> TestClient:
    return TestClient(create_app(settings, units), client=where)


def test_an_answer_names_the_id_of_its_line(settings: Settings, units: Units, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "deeds"):
        answers = [web(settings, units).get("/healthz") for _ in range(2)]
    first, second = (answer.headers["x-request-id"] for answer in answers)
    assert first != second
    assert "GET /healthz 200" in caplog.text


def test_requests_are_counted_by_route_and_paths_of_links_are_not_told(
    settings: Settings, units: Units, caplog: pytest.LogCaptureFixture
) -> None:
    client = web(settings, units)
    with caplog.at_level(logging.INFO):
        for path in ("/a/key-of-a-link", "/nothing/here", "/api/v1/people/0b0", "/admin/people/list?q=Mia"):
            client.get(path, follow_redirects=False)
    told = client.get("/metrics").text
    assert 'route="/a/{token:path}",status="404"} 1.0' in told
    for secret in ("key-of-a-link", "nothing", "0b0", "Mia"):
        assert secret not in told
        assert secret not in "\n".join(r.getMessage() for r in caplog.records if r.name == "deeds")


def test_nobody_from_outside_makes_up_new_lines_of_metrics(settings: Settings, units: Units) -> None:
    client = web(settings, units)
    for number in range(3):
        client.get(f"/admin/made-up-{number}", follow_redirects=False)
        client.get(f"/admin/static/made-up-{number}")
        client.get(f"/api/v1/made-up-{number}")
        client.request(f"MADEUP{number}", "/healthz")
    told = client.get("/metrics").text
    assert "made-up" not in told
    assert "MADEUP" not in told
    assert 'method="GET",route="/admin/…",status="303"} 3.0' in told
    assert 'method="other",route="/healthz",status="405"} 3.0' in told


def test_metrics_count_what_waits(settings: Settings, units: Units) -> None:
    make.wave(units, make.request(units, make.student(units)), make.mentor(units))
    told = web(settings, units).get("/metrics").text
    assert 'ithaca_requests_open{state="offered"} 1.0' in told
    assert "ithaca_offers_open 1.0" in told
    assert "ithaca_messages_oldest_due_seconds" in told
    assert "ithaca_jobs_waiting" not in told  # the tests' broker does not answer, and the rest is told all the same


def test_elsewhere_metrics_want_a_key_with_the_scope(settings: Settings, units: Units) -> None:
    client, owner = web(settings, units, AWAY), make.person(units, is_admin=True)
    assert client.get("/metrics").status_code == 404
    for scope, status in ((Scope.STATS_READ, 200), (Scope.PROFILES_READ, 404)):
        with units.work(SYSTEM) as work:
            key = create_token(work, owner.id, "Prometheus", [scope.value])[1]
        assert client.get("/metrics", headers={"Authorization": f"Bearer {key}"}).status_code == status
    assert web(settings, units).get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 404
