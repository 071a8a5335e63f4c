"""Matching by hand through the API: at once, or after a run that gives score and reasons."""

from typing import Any
from uuid import uuid4

from fastapi.testclient import TestClient
from sqlalchemy import select

from core.models import AuditEntry
from core.rules.matches import MatchState
from core.rules.scopes import Scope
from core.services.people import Person
from core.uow import SYSTEM, Units
from tests.support import factories as make
from tests.support.by_hand import ready_run
from tests.web.api.conftest import KeyFor

WHY = "They met at the open day."


def pair(student: Person, mentor: Person, **more: Any) -> dict[str, Any]:
    return {"student_id": str(student.id), "mentor_id": str(mentor.id), "why": WHY, **more}


def test_two_are_matched_at_once_and_a_second_time_refused(client: TestClient, units: Units, staff: Person) -> None:
    mia, kim = make.student(units), make.mentor(units, max_mentees=1)
    made = client.post("/matches", json=pair(mia, kim))
    assert made.status_code == 201, made.text
    assert {name: made.json()[name] for name in ("origin", "state", "score")} == {
        "origin": "manual",
        "state": "active",
        "score": None,
    }
    again = client.post("/matches", json=pair(mia, kim))
    assert (again.status_code, again.json()["code"]) == (409, "may_not_match")
    full = client.post("/matches", json=pair(make.student(units), kim))
    assert (full.status_code, full.json()["code"]) == (409, "needs_overruling")
    assert full.json()["detail"].startswith("All their places are taken.")
    silent = client.post("/matches", json=pair(mia, make.mentor(units)) | {"why": " "})
    assert (silent.status_code, list(silent.json()["errors"])) == (422, ["why"])
    with units.read(SYSTEM) as reading:
        line = reading.session.scalars(select(AuditEntry).where(AuditEntry.action == "match_made")).one()
        assert (line.actor_id, line.reason) == (staff.id, WHY)


def test_a_run_gives_the_score_that_the_match_keeps(client: TestClient, units: Units, staff: Person) -> None:
    mia, kim, noor = make.student(units), make.mentor(units), make.mentor(units)
    asked = client.post("/matching-runs", json={"student_id": str(mia.id), "mentor_ids": [str(kim.id)]})
    assert (asked.status_code, asked.json()["state"]) == (202, "asked")
    assert client.get(asked.headers["Location"].removeprefix("/api/v1")).json() == asked.json()
    old = make.match(units, mia, noor)
    run_id = str(ready_run(units, staff, mia, kim))
    run = client.get(f"/matching-runs/{run_id}").json()
    (found,) = run["mentors"]
    assert (run["state"], found["score"], found["objections"], found["free_places"]) == ("ready", 80, [], 2)
    assert found["criteria"][0]["student_phrase"] == "drug discovery"
    made = client.post("/matches", json=pair(mia, kim, run_id=run_id, instead_of=str(old)))
    assert (made.status_code, made.json()["score"]) == (201, 80)
    assert client.get(f"/matches/{old}").json()["state"] == MatchState.ENDED
    used = client.post("/matches", json=pair(mia, kim, run_id=run_id))
    assert (used.status_code, used.json()["code"]) == (409, "run_moved")


def test_what_is_not_there_and_what_a_key_may_not_do(anonymous: TestClient, units: Units, key_for: KeyFor) -> None:
    mia, kim = make.student(units), make.mentor(units)
    anonymous.headers["Authorization"] = f"Bearer {key_for(Scope.MATCHES_READ)}"
    for place, body in (("/matches", pair(mia, kim)), ("/matching-runs", {"student_id": str(mia.id)})):
        assert anonymous.post(place, json=body).status_code == 403
    anonymous.headers["Authorization"] = f"Bearer {key_for(Scope.MATCHES_READ, Scope.MATCHES_WRITE)}"
    for body in (
        pair(mia, kim) | {"student_id": str(uuid4())},
        pair(mia, kim) | {"mentor_id": str(uuid4())},
        pair(mia, kim, run_id=str(uuid4())),
        pair(mia, kim, instead_of=str(uuid4())),
    ):
        assert anonymous.post("/matches", json=body).status_code == 404
    assert anonymous.get(f"/matching-runs/{uuid4()}").status_code == 404
    assert anonymous.post("/matching-runs", json={"student_id": str(kim.id)}).status_code == 409
