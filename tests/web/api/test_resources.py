"""What other systems can do: a whole mentorship by the API alone, and what is refused on the way."""

from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient

from core.services.health import look_at
from core.uow import SYSTEM, Units, Work
from tests.support import factories as make
from tests.web.api.test_access import problem
from web.api.access import Access
from web.api.acting import on_behalf_of
from web.api.resources import requests

Json = dict[str, Any]
STUDENT = {
    "headline": "Second-year student",
    "goals": "Become a data engineer",
    "industries": ["Transport"],
    "skills": ["k8s"],
    "meet": ["Video"],
}
WISH = {"wish": "Help me find my first job."}


def new_person(client: TestClient, name: str, role: str, profile: Json) -> str:
    person_id = str(client.post("/people", json={"name": name, "email": f"{name}@example.org"}).json()["id"])
    answer = client.put(f"/people/{person_id}/profiles/{role}", json=profile)
    assert answer.status_code == 200, answer.text
    return person_id


def test_a_mentorship_by_the_api_alone(client: TestClient, units: Units) -> None:
    student = new_person(client, "mia", "student", STUDENT)
    mentor = make.mentor(units)
    answer = client.post("/requests", json={**WISH, "student_id": student})
    assert answer.status_code == 201
    request = answer.json()
    assert (request["state"], request["next_step"]) == ("searching", "search")
    make.wave(units, request["id"], mentor)
    (batch,) = client.get("/batches", params={"request_id": request["id"]}).json()["items"]
    assert client.get(f"/batches/{batch['id']}").json() == batch
    (offer,) = batch["offers"]
    assert offer["mentor_id"] == str(mentor.id)
    assert sum(part["points"] for part in offer["criteria"]) == pytest.approx(offer["score"])
    made = client.post(f"/batches/{batch['id']}/select", json={"mentor_id": str(mentor.id)}).json()
    problem(client.post(f"/batches/{batch['id']}/select", json={"mentor_id": str(mentor.id)}), 409, "offer_closed")
    match = client.get(f"/matches/{made['match_id']}").json()
    assert (match["state"], match["student_id"], match["health"]) == ("active", student, None)
    assert client.get("/matches", params={"student_id": student}).json()["items"] == [match]

    told = {"author_id": student, "rating": 5, "comment": "Very helpful.", "shared": True}
    assert client.post(f"/matches/{match['id']}/feedback", json=told).status_code == 204
    assert client.post(f"/matches/{match['id']}/feedback", json=told).status_code == 204
    (said,) = client.get(f"/matches/{match['id']}/feedback").json()["items"]
    assert (said["rating"], said["comment"], said["shared"]) == (5, "Very helpful.", True)

    met = {"author_id": student, "held_on": "2030-02-28", "minutes": 45, "kind": "Video", "notes": "Between us."}
    noted = client.post(f"/matches/{match['id']}/meetings", json=met).json()
    assert client.get(f"/matches/{match['id']}/meetings").json()["items"] == [noted]
    assert "Between us." not in str(noted)

    with units.work(SYSTEM) as work:
        look_at(work, [made["match_id"]])
    health = client.get(f"/matches/{match['id']}").json()["health"]
    assert client.get("/matches", params={"health": health}).json()["items"][0]["id"] == match["id"]
    assert client.get("/stats").json()["live_matches"] == 1
    mentors = client.get("/stats/mentors").json()
    assert sum(mentors["loads"].values()) == client.get("/stats").json()["mentors"]
    assert all(field["places"] >= field["mentors"] for field in mentors["fields"])
    problem(client.post(f"/matches/{match['id']}/end", json={"why": " "}), 422, "invalid_fields")
    assert client.post(f"/matches/{match['id']}/end", json={"why": "They asked us to."}).json()["state"] == "ended"
    problem(client.post(f"/matches/{match['id']}/end", json={"why": "Again."}), 409, "match_over")


def test_a_question_from_the_form_to_the_thanks(client: TestClient, units: Units) -> None:
    student, mentor, other = make.student(units), make.mentor(units), make.mentor(units)
    asked = {"student_id": str(student.id), "question": "How do I read an offer letter?", "topics": ["Negotiation"]}
    draft = client.post("/questions", json=asked).json()
    assert (draft["state"], draft["next_step"]) == ("draft", "check")
    where = f"/questions/{draft['id']}"
    assert client.delete(where).json()["state"] == "closed"

    where = f"/questions/{make.question(units, student)}"
    mine, theirs = {"mentor_id": str(mentor.id)}, {"mentor_id": str(other.id)}
    assert client.post(f"{where}/claim", json=mine).json()["mentor_id"] == str(mentor.id)
    problem(client.post(f"{where}/claim", json=theirs), 409, "question_moved")
    assert client.post(f"{where}/release", json=mine).json()["state"] == "open"
    assert client.post(f"{where}/claim", json=theirs).json()["state"] == "claimed"
    answer = {**theirs, "summary": "Look at the notice period first.", "may_be_read": True}
    problem(client.post(f"{where}/complete", json=answer | mine), 409, "question_moved")
    assert client.post(f"{where}/complete", json=answer).json()["state"] == "answered"
    assert client.post(f"{where}/rating", json={"rating": 5}).json()["rating"] == 5
    problem(client.post(f"{where}/rating", json={"rating": 1}), 409, "already_rated")
    (listed,) = client.get("/questions", params={"state": "answered", "mentor_id": str(other.id)}).json()["items"]
    assert listed == client.get(where).json()


def test_profiles_fold_synonyms_and_are_changed_by_version(client: TestClient) -> None:
    person_id = new_person(client, "mia", "student", STUDENT)
    read = client.get(f"/people/{person_id}/profiles/student")
    assert read.json()["skills"] == ["Kubernetes"]
    where, version = f"/people/{person_id}/profiles/student", read.headers["ETag"]
    problem(client.put(where, json=STUDENT), 428, "no_version")
    changed = client.put(where, json={**STUDENT, "headline": "Third-year student"}, headers={"If-Match": version})
    assert changed.json()["headline"] == "Third-year student"
    assert changed.headers["ETag"] != version
    problem(client.put(where, json=STUDENT, headers={"If-Match": version}), 412, "changed")


def test_a_request_is_changed_by_version_and_taken_back(client: TestClient) -> None:
    student = new_person(client, "mia", "student", STUDENT)
    asked = client.post("/requests", json={**WISH, "student_id": student})
    where = f"/requests/{asked.json()['id']}"
    problem(client.put(where, json={"wish": "Another"}, headers={"If-Match": '"1"'}), 412, "changed")
    changed = client.put(where, json={"wish": "Another"}, headers={"If-Match": asked.headers["ETag"]})
    assert changed.json()["wish"] == "Another"
    assert client.delete(where).json()["state"] == "cancelled"
    problem(client.delete(where), 409, "request_closed")


def test_of_two_who_read_the_same_version_one_changes_it(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    student = new_person(client, "mia", "student", STUDENT)
    asked = client.post("/requests", json={**WISH, "student_id": student})
    where, version = f"/requests/{asked.json()['id']}", {"If-Match": asked.headers["ETag"]}
    begin = on_behalf_of

    def after_another(access: Access, person_id: UUID) -> AbstractContextManager[Work]:
        monkeypatch.setattr(requests, "on_behalf_of", begin)
        assert client.put(where, json={"wish": "Faster"}, headers=version).status_code == 200
        return begin(access, person_id)

    monkeypatch.setattr(requests, "on_behalf_of", after_another)
    problem(client.put(where, json={"wish": "Slower"}, headers=version), 412, "changed")
    assert client.get(where).json()["wish"] == "Faster"


def test_the_rules_hold_here_too(client: TestClient) -> None:
    student = new_person(client, "mia", "student", STUDENT)
    nobody = str(uuid4())
    assert client.post("/requests", json={**WISH, "student_id": student}).status_code == 201
    problem(client.post("/requests", json={**WISH, "student_id": student}), 409, "request_already_open")
    problem(client.post("/requests", json={**WISH, "student_id": nobody}), 409, "no_such_person")
    problem(client.get(f"/matches/{nobody}"), 404, "not_found")
    problem(client.get(f"/matches/{nobody}/feedback"), 404, "not_found")
    problem(client.get("/nowhere"), 404, "not_found")
    problem(client.patch("/people"), 405, "method_not_allowed")
    answer = client.put(f"/people/{student}/profiles/mentor", json={**STUDENT, "skills": [], "headline": ""})
    problem(answer, 422, "invalid_fields")
    assert set(answer.json()["errors"]) == {"skills", "headline"}
    problem(client.post("/people", json={"name": "X", "email": "nobody"}), 422, "invalid_fields")
    problem(client.post("/people", content="{", headers={"Content-Type": "application/json"}), 400, "no_json")


def test_lists_come_in_pages_that_miss_nothing(client: TestClient, units: Units) -> None:
    made = {str(make.student(units).id) for _ in range(7)}
    seen: list[str] = []
    cursor = None
    while True:
        where = {"role": "student", "limit": "3"} | ({"after": str(cursor)} if cursor else {})
        page = client.get("/people", params=where)
        seen += [person["id"] for person in page.json()["items"]]
        cursor = page.json()["next"]
        if cursor is None:
            break
    assert set(seen) == made
    assert len(seen) == 7
    assert seen == sorted(seen, reverse=True)
