"""Who gets in: a key that is valid, with the scope, and not too often."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, text

from core.config import Settings
from core.rules.errors import InvalidFields, NotAllowed
from core.rules.scopes import Scope
from core.services.people import Person
from core.services.tokens import create_token, revoke_token, tokens
from core.uow import SYSTEM, Units
from tests.conftest import NOON
from tests.support import factories as make
from tests.support.servers import redis
from tests.web.api.conftest import KeyFor
from web.api.limits import Meter


def problem(answer: Any, status: int, code: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == code
    assert answer.json()["status"] == status


@pytest.mark.parametrize("given", [None, "Bearer ", "Bearer wrong", "Basic abc", "Bearer ithaca_" + "x" * 5000])
def test_without_a_key_nothing_is_told(anonymous: TestClient, given: str | None) -> None:
    answer = anonymous.get("/people", headers={"Authorization": given} if given else {})
    problem(answer, 401, "no_key")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_key_without_the_scope_gets_403(anonymous: TestClient, key_for: KeyFor) -> None:
    anonymous.headers["Authorization"] = f"Bearer {key_for(Scope.STATS_READ)}"
    assert anonymous.get("/stats").status_code == 200
    problem(anonymous.get("/people"), 403, "no_scope")


def audited(owner: Engine) -> list[tuple[str, str, dict[str, str]]]:
    with owner.connect() as connection:
        rows = connection.execute(text("SELECT actor_role, action, after FROM audit_log ORDER BY id"))
        return [(role, action, after) for role, action, after in rows]


def test_what_a_key_does_and_what_it_may_not_do_stand_in_the_audit_log(
    anonymous: TestClient, owner: Engine, units: Units, key_for: KeyFor
) -> None:
    student = make.student(units)
    anonymous.headers["Authorization"] = f"Bearer {key_for(Scope.REQUESTS_WRITE)}"
    body = {"student_id": str(student.id), "wish": "A plan."}
    assert anonymous.post("/requests", json=body).status_code == 201
    problem(anonymous.post("/requests", json=body), 409, "request_already_open")
    problem(anonymous.get("/people"), 403, "no_scope")
    made, used, refused = audited(owner)
    assert made[:2] == ("system", "key_made")
    assert used == ("admin", "key_used", {"operation": "POST /requests", "as": str(student.id)})
    assert refused == ("admin", "key_refused", {"operation": "GET /people", "scope": "profiles:read"})


def test_a_key_ends_when_it_is_revoked(anonymous: TestClient, units: Units, key_for: KeyFor) -> None:
    anonymous.headers["Authorization"] = f"Bearer {key_for(Scope.STATS_READ)}"
    with units.work(SYSTEM) as work:
        revoke_token(work, tokens(work)[0].token_id)
    problem(anonymous.get("/stats"), 401, "no_key")


def test_a_key_ends_with_its_owners_role(anonymous: TestClient, owner: Engine, key_for: KeyFor, staff: Person) -> None:
    anonymous.headers["Authorization"] = f"Bearer {key_for(Scope.STATS_READ)}"
    with owner.begin() as connection:
        connection.execute(text("UPDATE users SET roles = '{}' WHERE id = :id"), {"id": staff.id})
    problem(anonymous.get("/stats"), 401, "no_key")


def test_a_key_ends_at_its_date(anonymous: TestClient, units: Units, staff: Person) -> None:
    for lasts, status in ((timedelta(minutes=1), 200), (timedelta(0), 401)):
        with units.work(SYSTEM) as work:
            _, key = create_token(work, staff.id, "Short", [Scope.STATS_READ.value], NOON + lasts)
        assert anonymous.get("/stats", headers={"Authorization": f"Bearer {key}"}).status_code == status


def test_only_the_hash_of_a_key_is_kept(key_for: KeyFor, owner: Engine) -> None:
    key = key_for(Scope.STATS_READ)
    with owner.connect() as connection:
        row = connection.execute(text("SELECT t::text FROM api_tokens t")).scalar_one()
    assert key not in row
    assert key.removeprefix("ithaca_") not in row


def test_a_key_says_when_it_was_last_used(anonymous: TestClient, units: Units, key_for: KeyFor) -> None:
    anonymous.headers["Authorization"] = f"Bearer {key_for(Scope.STATS_READ)}"
    with units.read(SYSTEM) as reading:
        assert tokens(reading)[0].last_used_at is None
    anonymous.get("/stats")
    with units.read(SYSTEM) as reading:
        assert tokens(reading)[0].last_used_at == NOON


def test_keys_are_for_staff_and_for_scopes_there_are(units: Units, staff: Person) -> None:
    student = make.student(units)
    with units.work(SYSTEM) as work:
        with pytest.raises(NotAllowed):
            create_token(work, student.id, "Mine", [Scope.STATS_READ.value])
        for name, scopes in (("", ["stats:read"]), ("x" * 81, ["stats:read"]), ("X", []), ("X", ["all"])):
            with pytest.raises(InvalidFields):
                create_token(work, staff.id, name, scopes)


def test_each_key_has_its_share_of_a_minute() -> None:
    now = [600.0]
    with redis() as url:
        meter = Meter(url, most=3, clock=lambda: now[0])
        assert [meter.seconds_to_wait("a") for _ in range(4)] == [0, 0, 0, 60]
        assert meter.seconds_to_wait("b") == 0
        now[0] = 659.0
        assert meter.seconds_to_wait("a") == 1
        now[0] = 660.0
        assert meter.seconds_to_wait("a") == 0


def test_without_redis_nobody_is_refused(settings: Settings) -> None:
    assert Meter(settings.redis_url, most=0).seconds_to_wait("a") == 0


def test_who_comes_too_often_is_told_when_to_come_again(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Meter, "seconds_to_wait", lambda *_: 7)
    answer = client.get("/stats")
    problem(answer, 429, "too_many")
    assert answer.headers["Retry-After"] == "7"
