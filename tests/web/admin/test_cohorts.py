"""The pages of cohorts and of matched intakes, as staff use them."""

import html
import re
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, func, select, update

from core.models import AuditEntry, Cohort, MatchingRun, ProposedPair, Request
from core.rules.runs import RunState
from core.services.people import Person
from core.uow import SYSTEM, Units
from tests.support import factories as make
from tests.support.plans import chosen, pairs, plan, run_of
from tests.support.staff import FIELD
from tests.web.admin.test_lists import counted

WHY = {"why": "The spring intake."}


def press(desk: TestClient, path: str, **form: object) -> str:
    """Send a form, and read the page it leads to."""
    token = FIELD.search(desk.get("/admin/").text)
    assert token
    answer = desk.post(f"/admin{path}", data={"csrftoken": token[1], **form})
    assert answer.status_code == 303, answer.text
    return desk.get(answer.headers["location"]).text


def cohort_id(units: Units) -> UUID:
    with units.read(SYSTEM) as reading:
        return reading.session.scalars(select(Cohort.id)).one()


@pytest.fixture
def wanted(units: Units, ada: Person) -> tuple[UUID, Person, Person, Person]:
    """A plan for Mia, for whom Kim is chosen and Sam kept."""
    mia, kim, sam = make.student(units, "Mia Tan"), make.mentor(units, "Kim Alder"), make.mentor(units, "Sam Birch")
    return plan(units, ada.id, (mia, make.request(units, mia), (kim, sam))), mia, kim, sam


def test_a_name_with_signs_of_all_kinds_still_leads_to_its_rows(desk: TestClient, units: Units) -> None:
    make.request(units, make.student(units, "Mia Tan"))
    press(desk, "/cohorts", name=r"AI\ML (2031), R&D", first="", last="")
    page = press(desk, f"/cohorts/of/{cohort_id(units)}", deed="put in all")
    link = re.search(r'href="(/admin/requests/list[^"]+)"', page)
    assert link
    assert "Mia Tan" in desk.get(html.unescape(link[1])).text


def test_a_cohort_is_made_filled_renamed_emptied_and_removed(desk: TestClient, units: Units) -> None:
    make.request(units, make.student(units, "Mia Tan"))
    page = press(desk, "/cohorts", name="Spring 2031", first="2031-03-01", last="2031-05-31")
    assert "1 Mar 2031 to 31 May 2031" in page
    assert "Mia Tan" in page.partition("Open requests of no cohort")[2]
    here = f"/cohorts/of/{cohort_id(units)}"
    page = press(desk, here, deed="put in all")
    assert "One request put in." in page
    assert "Mia Tan" in page.partition("Open requests in this cohort")[2].partition("Open requests of no cohort")[0]
    request_id = re.search(r'name="request" value="([^"]+)"', page)
    assert request_id
    assert "belong to this cohort" in press(desk, here, deed="remove")
    assert "One request taken out." in press(desk, here, deed="take out", request=request_id[1])
    assert "One request put in." in press(desk, here, deed="put in", request=request_id[1])
    assert "No requests put in." in press(desk, here, deed="put in its days")
    press(desk, here, deed="take out", request=request_id[1])
    saved = press(desk, here, deed="save", name="Autumn", first="", last="")
    assert "Saved." in saved
    assert "Autumn" in desk.get("/admin/cohorts").text
    assert "The cohort is removed." in press(desk, here, deed="remove")
    assert desk.get(f"/admin{here}").status_code == 404


def refused(desk: TestClient, form: dict[str, str]) -> str:
    """Send the form for a new cohort, and read the page that says what is wrong with it."""
    token = FIELD.search(desk.get("/admin/").text)
    assert token
    answer = desk.post("/admin/cohorts", data={"csrftoken": token[1], **form})
    assert answer.status_code == 422
    return answer.text


def test_what_makes_no_sense_is_said(desk: TestClient) -> None:
    for form, said in (
        ({"name": " "}, "Please give the cohort a name"),
        ({"name": "A", "first": "2031-03-01"}, "both the first and the last day"),
        ({"name": "A", "first": "2031-03-02", "last": "2031-03-01"}, "before the first"),
        ({"name": "A", "first": "soon", "last": "later"}, "as dates"),
    ):
        page = refused(desk, form)
        assert said in page
        assert all(f'value="{typed}"' in page for typed in form.values()), "what was typed stays"
    assert "There is no open request" in press(desk, "/cohorts/match", cohort="")
    for path in (
        "of/1",
        "plan/1",
        "plan/019f1e2d-0000-7000-8000-000000000000",
        "of/019f1e2d-0000-7000-8000-000000000000",
    ):
        assert desk.get(f"/admin/cohorts/{path}").status_code == 404


def test_it_is_asked_for_and_waited_for(desk: TestClient, units: Units) -> None:
    make.request(units, make.student(units))
    page = press(desk, "/cohorts/match", cohort="", **WHY)
    assert "A worker scores everybody" in page
    with units.work(SYSTEM) as work:
        work.session.execute(update(MatchingRun).values(state=RunState.FAILED, failure="Something went wrong."))
    failed = desk.get("/admin/cohorts").text
    assert "Failed" in failed
    with units.read(SYSTEM) as reading:
        run_id = reading.session.scalars(select(MatchingRun.id)).one()
    assert "Something went wrong." in desk.get(f"/admin/cohorts/plan/{run_id}").text


def test_a_plan_is_looked_at_and_edited(
    desk: TestClient, units: Units, wanted: tuple[UUID, Person, Person, Person]
) -> None:
    run_id, mia, kim, sam = wanted
    here = f"/cohorts/plan/{run_id}"
    page = desk.get(f"/admin{here}").text
    assert "Mia Tan" in page
    assert "Kim Alder" in page
    assert "ten points more in total" in page
    student = f"{here}/student/{mia.id}"
    detail = desk.get(f"/admin{student}").text
    assert "drug discovery" in detail
    page = press(desk, student, mentor=str(sam.id), why="They met at the fair.")
    assert "Edited by hand: ten points less" in page
    assert chosen(units, run_id) == {mia.id: sam.id}
    assert "in a few words why" in press(desk, student, mentor=str(kim.id), why="")
    page = press(desk, student, mentor="", why="Not this term.")
    assert "Nobody" in page
    assert chosen(units, run_id) == {}


def test_it_is_published_once_and_then_stands(
    desk: TestClient, units: Units, wanted: tuple[UUID, Person, Person, Person]
) -> None:
    run_id, mia, _, sam = wanted
    here = f"/cohorts/plan/{run_id}"
    assert "in a few words why" in press(desk, here, deed="matches", why=" ")
    assert "the pairs are being introduced" in press(desk, here, deed="matches", **WHY)
    assert "published or put aside meanwhile" in press(desk, here, deed="offers", **WHY)
    assert "published or put aside meanwhile" in press(desk, here, deed="aside", **WHY)
    assert "published or put aside meanwhile" in press(desk, f"{here}/student/{mia.id}", mentor=str(sam.id), **WHY)
    page = desk.get(f"/admin{here}").text
    assert "Introduced: 0 of 1" in page
    with units.work(SYSTEM) as work:
        pair_id = pairs(units, run_id)[0].id
        work.session.execute(update(ProposedPair).where(ProposedPair.id == pair_id).values(refusals=["no room"]))
    page = desk.get(f"/admin{here}?only=left+out").text
    assert "No place left" in page
    assert "http-equiv" not in page
    log = desk.get("/admin/audit/list").text
    assert "The spring intake." in log
    assert "Cohort published" in log


def test_it_is_put_aside(desk: TestClient, units: Units, wanted: tuple[UUID, Person, Person, Person]) -> None:
    page = press(desk, f"/cohorts/plan/{wanted[0]}", deed="aside", why="")
    assert "Nothing was sent." in page
    assert run_of(units, wanted[0]).state is RunState.DROPPED
    with units.read(SYSTEM) as reading:
        assert reading.session.scalar(select(func.count()).where(AuditEntry.action == "cohort_run_put_aside")) == 1


def test_it_is_searched_sorted_and_paged_and_many_take_as_many_queries_as_few(
    desk: TestClient, units: Units, ada: Person, engine: Engine
) -> None:
    mentors = [make.mentor(units, f"Mentor {number}", max_mentees=10) for number in range(2)]
    wishes = []
    for number in range(55):
        student = make.student(units, f"Student {number:02}")
        wishes.append((student, make.request(units, student), mentors))
    run_id = plan(units, ada.id, *wishes)
    here = f"/admin/cohorts/plan/{run_id}"
    with counted(engine) as seen:
        page = desk.get(here).text
    assert "Student 49" in page
    assert "Student 50" not in page
    assert "55 students, page 1 of 2" in page
    assert len(seen) < 12
    assert "Student 50" in desk.get(f"{here}?page=2").text
    found = desk.get(f"{here}?q=student+07&order=worst&only=chosen").text
    assert "Student 07" in found
    assert "Student 08" not in found
    assert "Nobody fits" in desk.get(f"{here}?only=left").text
    for nonsense in ("?page=x&order=x&only=x", "?page=99999", "?q=%25"):
        assert desk.get(here + nonsense).status_code == 200


def test_students_whom_nobody_may_meet_are_listed_with_why(desk: TestClient, units: Units, ada: Person) -> None:
    mia = make.student(units, "Mia Tan")
    request = make.request(units, mia)
    run_id = plan(units, ada.id)
    told = [{"student": str(mia.id), "request": str(request), "refused": {"no room": 3, "no shared language": 1}}]
    with units.work(SYSTEM) as work:
        run = work.session.get_one(MatchingRun, run_id)
        run.outcome = {**run.outcome, "nobody": told}
    page = desk.get(f"/admin/cohorts/plan/{run_id}").text
    assert "three mentors: no place left; one mentor: no shared language." in page
    with units.read(SYSTEM) as reading:
        assert reading.session.get_one(Request, request).cohort_id is None
