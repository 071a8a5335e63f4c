"""Files: read by others' readers they hold the rows of the page, and no cell of them is a formula."""

import csv
import io
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from sqlalchemy import select

from core.cells import as_written, harmless
from core.models import AuditEntry
from core.services.people import Person
from core.uow import SYSTEM, Units
from tests.support import factories as make
from tests.web.admin.conftest import Programme
from tests.web.admin.test_lists import KEYS
from web.admin.lists import export
from web.admin.lists.files import as_csv, as_excel

EVIL = [
    '=HYPERLINK("http://evil")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "a,b",
    'say "hi"',
    "Zoë",
]


def from_csv(client: TestClient, path: str) -> list[list[str]]:
    answer = client.get(f"/admin/{path}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.content.decode(), newline="")))


def from_excel(client: TestClient, path: str) -> list[tuple[Any, ...]]:
    answer = client.get(f"/admin/{path}")
    assert answer.status_code == 200
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("key", KEYS)
def test_both_kinds_hold_the_same_rows_under_the_same_names(desk: TestClient, key: str) -> None:
    plain = from_csv(desk, f"{key}/export/csv")
    desk.get("/admin/")
    rich = from_excel(desk, f"{key}/export/xlsx")
    assert plain[0] == [str(name) for name in rich[0]]
    assert len(rich) - len(plain) in (0, 1)  # of the audit log, the first file is a line more
    assert all(len(line) == len(plain[0]) for line in plain)


@pytest.mark.usefixtures("programme")
def test_cells_are_words_numbers_and_moments(desk: TestClient) -> None:
    (header, row), (names, cells) = from_csv(desk, "matches/export/csv"), from_excel(desk, "matches/export/xlsx")
    plain, rich = dict(zip(header, row, strict=True)), dict(zip(names, cells, strict=True))
    assert (plain["Student"], plain["State"], plain["Score of 100"]) == ("Mia Tan", "Running", "81.25")
    assert plain["Since"] == "2030-03-01T13:00+01:00"
    assert rich["Score of 100"] == 81.25
    assert rich["Since"].isoformat() == "2030-03-01T13:00:00"


def test_a_file_holds_what_the_page_finds_in_its_order_and_all_of_it(desk: TestClient, units: Units) -> None:
    for number in range(130):
        make.person(units, f"Person {number:03} of many")
    lines = from_csv(desk, "people/export/csv?q=of+many&sort=name__desc&page=2")
    assert [line[0] for line in lines[1:]] == [f"Person {number:03} of many" for number in reversed(range(130))]
    assert len(from_csv(desk, "people/export/csv?filter=name__eq=%22Person+001+of+many%22")) == 2


@pytest.mark.parametrize("evil", EVIL)
def test_no_cell_is_a_formula(desk: TestClient, units: Units, evil: str) -> None:
    make.person(units, f"{evil} x")
    plain = next(line for line in from_csv(desk, "people/export/csv") if " x" in line[0])[0]
    answer = desk.get("/admin/people/export/xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rich = next(cell for (cell, *_) in sheet.iter_rows() if " x" in str(cell.value))
    assert rich.data_type == "s"  # text, and no formula
    for value in (plain, str(rich.value)):
        assert value[0] not in "=+-@\t\r\n＝＋－＠"
        assert value.removeprefix("'").split() == f"{evil} x".split()


def test_only_what_could_be_a_formula_is_touched() -> None:
    assert harmless("Anna-Lena") == "Anna-Lena"
    assert harmless("-3") == "'-3"
    assert harmless("") == ""
    assert as_csv(["Number", "Other"], [[-3, None]]) == b"Number,Other\r\n-3,\r\n"


@pytest.mark.parametrize("text", [*EVIL, "'tis", "", "'"])
def test_what_was_made_harmless_comes_back(text: str) -> None:
    assert as_written(harmless(text)) == text


def test_characters_that_excel_refuses_are_left_out() -> None:
    sheet = load_workbook(io.BytesIO(as_excel("Any", ["Name"], [["a\x00b\x08c"]]))).active
    assert sheet is not None
    assert [value for (value,) in sheet.iter_rows(values_only=True)] == ["Name", "abc"]
    assert as_csv(["Name"], [["a\nb"]]) == b'Name\r\n"a\nb"\r\n'


@pytest.mark.usefixtures("programme")
def test_who_took_a_file_stands_in_the_audit_log(desk: TestClient, units: Units, ada: Person) -> None:
    desk.get("/admin/matches/export/csv")
    with units.read(SYSTEM) as reading:
        line = reading.session.scalars(select(AuditEntry).where(AuditEntry.action == "exported")).one()
    assert (line.actor_id, line.after) == (ada.id, {"list": "matches", "rows": 1, "as": "csv"})


@pytest.mark.parametrize("path", ["matches/export/pdf", "nothing/export/csv"])
def test_other_files_there_are_none(desk: TestClient, path: str) -> None:
    assert desk.get(f"/admin/{path}").status_code == 404


def test_without_a_session_there_is_no_file(desk: TestClient, programme: Programme) -> None:
    desk.cookies.clear()
    answer = desk.get("/admin/matches/export/csv")
    assert answer.status_code == 303
    assert programme.student.name not in answer.text


@pytest.mark.usefixtures("programme")
def test_a_list_too_long_for_a_file_says_so_and_no_file_lacks_rows(
    desk: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "MOST_ROWS", 1)
    answer = desk.get("/admin/people/export/csv?q=a")
    assert (answer.status_code, answer.headers["location"]) == (303, "/admin/people/list?q=a")
    assert "Please find fewer by a filter or a search" in desk.get(answer.headers["location"]).text
    assert len(from_csv(desk, "people/export/csv?q=Mia")) == 2
