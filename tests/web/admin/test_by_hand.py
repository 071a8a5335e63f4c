"""Matching by hand on the web: from a row to a student, to mentors side by side, to a match; and what is refused."""

from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from core.models import AuditEntry, Match, MatchHealth, MatchingRun, Request, StaffMessage
from core.rules.eligibility import Refusal
from core.rules.manual_matches import Past
from core.rules.matches import MatchState
from core.rules.runs import RunKind, RunState
from core.services.matching_runs import drop_run, fail_run
from core.services.people import Person
from core.uow import SYSTEM, Units
from tests.core.services.test_health_steps import at_risk
from tests.support import factories as make
from tests.support.by_hand import ready_run
from tests.support.staff import FIELD

PAGE = "/admin/by-hand"
NOBODY = UUID(int=1)


def post(desk: TestClient, place: str, **data: str) -> tuple[int, str]:
    """Press a button of a page: where it leads, or what is said instead."""
    token = FIELD.search(desk.get("/admin/").text)
    assert token
    answer = desk.post(place, data={"csrftoken": token[1], **data})
    return answer.status_code, answer.headers.get("location") or " ".join(answer.text.split())


def deed(desk: TestClient, name: str, pk: UUID, key: str = "matches", **data: str) -> tuple[int, str]:
    token = FIELD.search(desk.get("/admin/").text)
    assert token
    where = f"/admin/_api/{key}/row-action?name={name}&pk={pk}"
    answer = desk.post(where, data=data, headers={"X-CSRFToken": token[1]})
    return answer.status_code, answer.text


def seen(desk: TestClient, place: str) -> str:
    return " ".join(desk.get(place).text.split())


def test_from_a_mentorship_at_risk_to_another_mentor(desk: TestClient, units: Units, ada: Person) -> None:
    old, noor = at_risk(units), make.mentor(units, "Noor Bakker")
    with units.read(SYSTEM) as reading:
        student_id = reading.session.get_one(Match, old).student_id
        health_id = reading.session.scalars(select(MatchHealth.id)).one()
    assert f"/admin/by-hand?health={health_id}" in seen(desk, "/admin/health/list")
    page = seen(desk, f"{PAGE}?health={health_id}")
    for words in (
        "Another mentor for Mia Tan",
        "The mentorship with Kim Alder",
        "At risk",
        "Silence.",
        "Write to both.",
    ):
        assert words in page
    status, place = post(desk, PAGE, student=str(student_id), match=str(old))
    assert status == 303
    assert "Mentors for Mia Tan are being scored" in seen(desk, place)
    with units.work(SYSTEM) as work:
        drop_run(work, UUID(place.rpartition("/")[2]), RunKind.MANUAL)
    mia = make.student(units)  # a worker's part, played by hand
    mia = Person(student_id, "Mia Tan", None, None, "UTC", mia.roles)
    place = f"{PAGE}/run/{ready_run(units, ada, mia, noor, match_id=old)}"
    page = seen(desk, place)
    for words in (
        "Noor Bakker",
        "80 of 100",
        "2 of 2 places free",
        "Career goals",
        "24 of 30",
        "Both: “drug discovery”",
    ):
        assert words in page
    status, detail = post(desk, place, mentor=str(noor.id), why="They never met.")
    assert status == 303
    page = seen(desk, detail)
    for words in (
        "Mia Tan has a new mentor",
        "Mia Tan and Noor Bakker",
        "Ada Staff made this match",
        "They never met.",
    ):
        assert words in page
    assert "Ada Staff gave Mia Tan another mentor" in seen(desk, f"/admin/matches/detail?pk={old}")
    assert "A mentor was chosen here already" in seen(desk, place)
    status, page = post(desk, place, mentor=str(noor.id), why="Again.")
    assert (status, "A mentor was chosen here already" in page) == (422, True)


@pytest.fixture
def mia(units: Units) -> Person:
    return make.student(units, "Mia Tan")


def test_a_refusal_stands_at_its_field_and_nothing_typed_is_lost(
    desk: TestClient, units: Units, ada: Person, mia: Person
) -> None:
    full, apart = make.mentor(units, "Full Finn", max_mentees=1), make.mentor(units, "Noor Bakker")
    make.match(units, make.student(units), full)
    run = ready_run(units, ada, mia, full, apart, against=(Past.APART, Refusal.NO_ROOM))
    place = f"{PAGE}/run/{run}"
    page = seen(desk, place)
    assert "One of the two asked to be kept apart." in page
    assert f'value="{apart.id}" required disabled' in page
    status, page = post(desk, place, mentor=str(full.id), why=" ")
    assert (status, "Please say in a few words why." in page) == (422, True)
    status, page = post(desk, place, mentor=str(full.id), why="<b>Asked</b> for it")
    assert (status, "All their places are taken. Tick the box" in page) == (422, True)
    assert "&lt;b&gt;Asked&lt;/b&gt; for it</textarea>" in page
    assert f'value="{full.id}" required checked' in page
    assert post(desk, place, mentor="nobody", why="So.")[0] == 422
    assert post(desk, place, mentor=str(full.id), why="Asked for it", overruled="yes")[0] == 303


def test_students_are_found_from_rows_and_by_name(desk: TestClient, units: Units, mia: Person) -> None:
    assert "Nobody waits for you" in seen(desk, PAGE)
    assert f"?student={mia.id}" in seen(desk, f"{PAGE}?q=mia")
    assert "No student fits “zzz”." in seen(desk, f"{PAGE}?q=zzz")
    request_id = make.request(units, mia)
    assert f"/admin/by-hand?request={request_id}" in seen(desk, "/admin/requests/list")
    assert "/admin/by-hand?profile=" in seen(desk, "/admin/students/list")
    assert make.WISH.wish in seen(desk, f"{PAGE}?request={request_id}")
    with units.work(SYSTEM) as work:
        request = work.session.get_one(Request, request_id)
        request.state, request.next_step = "waiting", "retry"  # type: ignore[assignment]
    assert "Waiting list" in seen(desk, PAGE)


def test_a_mentor_is_named_by_whom_they_are(desk: TestClient, units: Units, mia: Person) -> None:
    kim = make.mentor(units, "Kim Alder")
    make.mentor(units, "Noor Bakker")
    make.mentor(units, "Noor Visser")
    for typed, told in (("zzz", "Nobody who takes part as a mentor"), ("Noor", "Several people fit “Noor”")):
        status, page = post(desk, PAGE, student=str(mia.id), mentor=typed)
        assert (status, told in page) == (422, True)
    assert post(desk, PAGE, student=str(mia.id), mentor="kim")[0] == 303
    with units.read(SYSTEM) as reading:
        assert reading.session.scalars(select(MatchingRun.params)).one() == {"named": [str(kim.id)]}


def test_what_failed_and_whom_nobody_fits_say_so(desk: TestClient, units: Units, ada: Person, mia: Person) -> None:
    assert "Nobody may be asked" in seen(desk, f"{PAGE}/run/{ready_run(units, ada, mia)}")
    status, place = post(desk, PAGE, student=str(mia.id))
    assert status == 303
    with units.work(SYSTEM) as work:
        fail_run(work, UUID(place.rpartition("/")[2]), "The worker is gone.")
    page = seen(desk, place)
    assert "The worker is gone." in page
    assert "Ask again" in page


@pytest.mark.parametrize("place", [f"{PAGE}?student={NOBODY}", f"{PAGE}/run/{NOBODY}", f"{PAGE}/run/1"])
def test_what_is_not_there_is_not_found(desk: TestClient, place: str) -> None:
    assert desk.get(place).status_code == 404


def test_staff_write_to_a_pair_and_take_back_what_they_made(
    desk: TestClient, units: Units, ada: Person, mia: Person
) -> None:
    kim = make.mentor(units, "Kim Alder")
    status, detail = post(
        desk, f"{PAGE}/run/{ready_run(units, ada, mia, kim)}", mentor=str(kim.id), why="Asked for it."
    )
    assert status == 303
    match_id = UUID(detail.rpartition("=")[2])
    assert deed(desk, "message", match_id, text=" ", to="both")[0] == 400
    assert deed(desk, "message", match_id, text="Hello", to="everybody")[0] == 400
    assert deed(desk, "message", match_id, text="Hello you two", to="student", why=" ")[0] == 400
    assert deed(desk, "message", match_id, text="Hello you two", to="student", why="They have not met.")[0] == 200
    page = seen(desk, detail)
    for words in ("Sent to the student alone.", "Ada Staff wrote to them", "Take back", "Reassign"):
        assert words in page
    assert "Hello you two" not in seen(desk, "/admin/audit/list")
    assert "They have not met." in seen(desk, "/admin/audit/list")
    assert deed(desk, "take_back", match_id, why="Wrong Kim.")[0] == 200
    assert deed(desk, "take_back", match_id, why="Wrong Kim.") == (
        400,
        '{"msg":"What staff made can be taken back within an hour, while it runs. You can end it instead."}',
    )
    page = seen(desk, detail)
    assert "Ada Staff took this match back" in page
    assert "by-hand?match=" not in page
    with units.read(SYSTEM) as reading:
        assert reading.session.get_one(Match, match_id).state is MatchState.ENDED
        assert reading.session.scalars(select(StaffMessage.recipient_id)).one() == mia.id
        assert {line.actor_id for line in reading.session.scalars(select(AuditEntry))} >= {ada.id}
        assert reading.session.scalars(select(MatchingRun.state)).one() is RunState.USED


def test_from_the_health_list_a_match_is_ended(desk: TestClient, units: Units) -> None:
    match_id = at_risk(units)
    with units.read(SYSTEM) as reading:
        health_id = reading.session.scalars(select(MatchHealth.id)).one()
    assert deed(desk, "end", health_id, "health", why="Both asked us to.")[0] == 200
    assert deed(desk, "end", health_id, "health", why="Both asked us to.")[0] in (400, 404)
    with units.read(SYSTEM) as reading:
        assert reading.session.get_one(Match, match_id).state is MatchState.ENDED
