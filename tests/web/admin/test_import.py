"""The page Import: it shows what a file would do, and the button does just that."""

import asyncio
import re
from functools import partial
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from core.models import AuditEntry, User
from core.services import imports as services
from core.services.people import Person
from core.uow import SYSTEM, Units
from tests.support import factories as make
from tests.support.import_files import file_of, row, rows_with_faults
from tests.support.staff import FIELD
from web.admin.pages import imports

HIDDEN = re.compile(r'name="(packed|fingerprint)" value="([^"]+)"')
FAULT = re.compile(r'<tr><th scope="row">(\d+)</th><td class="text-nowrap">([^<]+)</td>')


def token(desk: TestClient) -> str:
    found = FIELD.search(desk.get("/admin/import").text)
    assert found
    return found[1]


def look(desk: TestClient, content: bytes) -> Any:
    files = {"file": ("people.csv", content, "text/csv")}
    return desk.post("/admin/import/look", data={"csrftoken": token(desk)}, files=files)


def press(desk: TestClient, page: Any, path: str = "people", **more: str) -> Any:
    form = dict(HIDDEN.findall(page.text)) | {"csrftoken": token(desk)} | more
    return desk.post(f"/admin/import/{path}", data=form)


def people(units: Units) -> int:
    with units.read(SYSTEM) as reading:
        return reading.session.scalars(select(func.count()).select_from(User)).one()


def test_thirty_faulty_rows_of_a_thousand_are_listed_and_nothing_is_written(desk: TestClient, units: Units) -> None:
    wrong = list(range(5, 1000, 34))
    page = look(desk, file_of(rows_with_faults(1000, wrong)))
    assert page.status_code == 200
    assert sorted({int(number) for number, _ in FAULT.findall(page.text)}) == wrong
    assert "970 new, 0 updated, 0 unchanged, 30 faulty rows" in page.text
    assert "Import 970 people" in page.text
    assert people(units) == 1

    refused = press(desk, page)
    assert "Please tick that the faulty rows are left out" in refused.text
    assert people(units) == 1

    done = press(desk, page, leave_out="yes")
    assert (done.status_code, done.headers["location"]) == (303, "/admin/people/list")
    assert people(units) == 971
    assert "People imported: 970 added, 0 updated." in desk.get("/admin/people/list").text


def test_a_long_file_is_imported_in_several_presses(
    desk: TestClient, units: Units, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "AT_A_PRESS", 10)
    monkeypatch.setattr(services, "AT_ONCE", 10)
    page = press(desk, look(desk, file_of([row(n) for n in range(15)])))
    assert "5 rows are left to import. Press again to go on." in page.text
    assert "5 new, 0 updated, 10 unchanged" in page.text
    assert press(desk, page).status_code == 303
    assert people(units) == 16


def test_faulty_rows_are_a_file_to_mend(desk: TestClient) -> None:
    page = look(desk, file_of([row(1), row(2, email="nonsense")]))
    mend = press(desk, page, "faults")
    assert mend.headers["content-disposition"] == 'attachment; filename="ithaca-people-to-mend.csv"'
    lines = mend.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "email: Please give an address" in lines[1]
    mended = look(desk, mend.content.replace(b"nonsense", b"mended@example.org"))
    assert "1 new, 0 updated, 0 unchanged" in mended.text


def test_nothing_that_takes_long_is_done_where_clicks_wait(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    in_loop: list[bool] = []

    def watched(does: Any, *given: Any) -> Any:
        in_loop.append(asyncio._get_running_loop() is not None)
        return does(*given)

    for name in ("_packed", "_unpacked", "faulty_rows", "read_table"):
        monkeypatch.setattr(imports, name, partial(watched, getattr(imports, name)))
    press(desk, look(desk, file_of(rows_with_faults(10, [3]))), "faults")
    assert len(in_loop) == 5
    assert not any(in_loop)


def test_the_template_does_as_it_says(desk: TestClient) -> None:
    template = desk.get("/admin/import/template")
    assert template.headers["content-type"] == "text/csv; charset=utf-8"
    assert "Import 2 people" in look(desk, template.content).text


def test_what_changed_in_between_is_shown_anew(desk: TestClient, units: Units, ada: Person) -> None:
    mia = make.student(units, "Mia Tan")
    assert mia.email
    page = look(desk, file_of([row(1, email=mia.email)]))
    assert "Who is updated" in page.text
    with units.work(SYSTEM) as work:
        work.session.get_one(User, mia.id).email = "moved@example.org"
    again = press(desk, page)
    assert again.status_code == 422
    assert "People have changed since you looked" in again.text
    assert "1 new" in again.text
    assert press(desk, again).status_code == 303
    with units.read(SYSTEM) as reading:
        line = reading.session.scalars(select(AuditEntry).where(AuditEntry.action == "people_imported")).one()
    assert (line.actor_id, line.after) == (ada.id, {"rows": {"new": 1, "updated": 0}})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The first row is empty"),
        (b"PK\x03\x04", "Excel workbook"),
        (b"name,e-mail\nMia,m@example.org\n", "The names of the columns have to be mended first"),
        (b"x" * 8_000_001, "larger than 8 MB"),
    ],
)
def test_what_cannot_be_read_is_told(desk: TestClient, content: bytes, words: str) -> None:
    page = look(desk, content)
    assert words in page.text
    assert "Import 1 person" not in page.text


@pytest.mark.parametrize("packed", ["", "nonsense", "eJwDAAAAAAE="])
def test_a_file_that_was_lost_on_its_way_is_told(desk: TestClient, units: Units, packed: str) -> None:
    for path in ("people", "faults"):
        answer = desk.post(f"/admin/import/{path}", data={"csrftoken": token(desk), "packed": packed})
        assert answer.status_code == 422
    assert people(units) == 1


def test_what_stands_in_a_file_is_only_text(desk: TestClient) -> None:
    evil = "<script>alert(1)</script>"
    page = look(desk, file_of([row(1, meet=evil), row(2, name=evil)]))
    assert evil not in page.text


def test_without_the_pages_token_nothing_is_imported(desk: TestClient, units: Units) -> None:
    page = look(desk, file_of([row(1)]))
    answer = desk.post("/admin/import/people", data=dict(HIDDEN.findall(page.text)))
    assert answer.status_code == 403
    assert people(units) == 1
