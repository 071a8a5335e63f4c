"""A file of people: read as spreadsheets write it, and what is wrong named by row and column."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.import_files import COLUMNS, MOST_ROWS, UnreadableFile, faulty_rows, read_table, template
from core.rules.imports import Sheet, read_people
from core.rules.roles import Meet, Role
from core.taxonomy import BUILT_IN
from tests.support.import_files import FAULTY, file_of, row, rows_with_faults


def people(content: bytes) -> Sheet:
    return read_people(read_table(content), BUILT_IN)


def places(content: bytes) -> list[tuple[int, str]]:
    return [(fault.number, fault.column) for fault in people(content).faults]


def test_a_row_is_what_the_profile_form_would_take() -> None:
    (one,) = people(file_of([row(name=" Zoë  Lind ", email="Zoe@münchen.example", role="Mentor", mentees="3")])).rows
    assert (one.number, one.name, one.email, one.key) == (
        2, "Zoë Lind", "Zoe@xn--mnchen-3ya.example", "zoe@xn--mnchen-3ya.example",
    )  # fmt: skip
    told = one.answers
    assert (told.role, told.max_mentees, told.skills) == (Role.MENTOR, 3, ("Python", "Kubernetes"))
    assert told.meet == (Meet.VIDEO, Meet.IN_PERSON)
    assert told.research == ("Genomics",)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_files_as_spreadsheets_write_them(delimiter: str, encoding: str, end: str) -> None:
    rows = [row(1, name="Zoë, the first; of all", goals='Say "hi".\r\n\r\nThen more.'), row(2)]
    first, second = people(file_of(rows, delimiter=delimiter, encoding=encoding, end=end)).rows
    assert first.name == "Zoë, the first; of all"
    assert first.answers.goals == 'Say "hi".\n\nThen more.'
    assert (first.number, second.number) == (2, 3)  # as a spreadsheet counts, whatever stands in a cell


def test_empty_rows_are_counted_and_passed_over() -> None:
    blank = dict.fromkeys(COLUMNS, "")
    assert [one.number for one in people(file_of([blank, row(1), blank, blank, row(2)])).rows] == [3, 6]


def test_columns_stand_in_any_order_and_some_may_be_missing() -> None:
    names = [name.upper() for name in reversed(COLUMNS) if name not in ("about", "mentees", "slack_id")]
    (one,) = people(file_of([{name.upper(): cell for name, cell in row().items()}], columns=names)).rows
    assert one.answers.location == "Rotterdam"
    assert not {"about", "max_mentees"} & one.given


@pytest.mark.parametrize("column", FAULTY)
def test_a_fault_is_named_by_row_and_column(column: str) -> None:
    content = file_of([row(1), row(2, **FAULTY[column]), row(3)])
    assert places(content) == [(3, column)]
    assert [one.number for one in people(content).rows] == [2, 4]


def test_all_that_is_wrong_with_a_row_is_told_at_once() -> None:
    found = places(file_of([row(name="", email="x", role="", goals="", meet="")]))
    assert sorted(found) == [(2, name) for name in ("email", "goals", "meet", "name", "role")]


def test_of_a_thousand_rows_the_thirty_faulty_ones_are_found() -> None:
    wrong = list(range(5, 1000, 34))
    assert len(wrong) == 30
    sheet = people(file_of(rows_with_faults(1000, wrong)))
    assert sorted({fault.number for fault in sheet.faults}) == wrong
    assert len(sheet.rows) == 970


@pytest.mark.parametrize(
    ("second", "fault"),
    [
        ({"name": "Person 1", "email": "IMPORT1@example.org"}, "email"),
        ({"email": "import1@example.org", "role": "mentor"}, "name"),
        ({"name": "Person 1", "email": "import1@example.org", "role": "mentor", "slack_id": "U7"}, "slack_id"),
        ({"slack_id": "U1ONE"}, "slack_id"),
    ],
)
def test_of_rows_that_contradict_each_other_the_second_is_at_fault(second: dict[str, str], fault: str) -> None:
    slack_id = "" if second.get("slack_id") == "U7" else "U1ONE"
    first = row(1, slack_id=slack_id)
    given = {"slack_id": slack_id} | second if fault != "slack_id" else second
    assert places(file_of([first, row(2, **given)])) == [(3, fault)]


def test_a_person_may_be_student_and_mentor() -> None:
    sheet = people(file_of([row(1), row(1, role="mentor", mentees="2")]))
    assert not sheet.faults
    assert [one.answers.role for one in sheet.rows] == [Role.STUDENT, Role.MENTOR]


@pytest.mark.parametrize(
    ("columns", "faults"),
    [
        ((*COLUMNS, "e-mail"), [(1, "e-mail")]),
        ((*COLUMNS, "name"), [(1, "name")]),
        (tuple(name for name in COLUMNS if name not in ("email", "meet")), [(1, "email"), (1, "meet")]),
    ],
)
def test_names_of_columns_are_checked_before_anything_else(
    columns: tuple[str, ...], faults: list[tuple[int, str]]
) -> None:
    content = (",".join(columns) + "\r\nnothing,of,this,is,looked,at\r\n").encode()
    assert places(content) == faults
    assert not people(content).rows


def test_a_row_with_more_cells_than_columns_is_told() -> None:
    content = file_of([row(1), row(2)]).replace(b"Biology student who codes", b"Biology, who codes", 1)
    found = places(content)
    assert found[0] == (2, "")
    assert [one.number for one in people(content).rows] == [3]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "first row is empty"),
        (b"name,email\r\n", "no row below"),
        (b"PK\x03\x04rest", "Excel workbook"),
        ("name\nZoë".encode("latin-1"), "CSV UTF-8"),
        (b"name\n\0\n", "no text file"),
        (b'name,email\n"Mia,m@example.org\nKim,k@example.org\n', "Row 2"),
        (b'name,email\nMia,m@example.org\n"Kim" Alder,k@example.org\n', "Row 3"),
        (b"name\n" + b"x\n" * (MOST_ROWS + 1), "more than 10,000 rows"),
        (b"name\n" + b"x" * 8_000_000, "larger than 8 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_table(content)
    assert words in refused.value.why


def test_the_template_can_be_imported() -> None:
    sheet = people(template())
    assert [one.answers.role for one in sheet.rows] == [Role.STUDENT, Role.MENTOR]
    assert not sheet.faults


def test_faulty_rows_come_back_as_a_file_that_can_be_mended_and_imported() -> None:
    content = file_of([row(1), row(2, about="=1+1", goals=""), row(3)])
    table = read_table(content)
    mend = faulty_rows(table, read_people(table, BUILT_IN).faults)
    assert b",problem\r\n" in mend
    assert b",'=1+1,goals: Please write a few words here.\r\n" in mend
    assert places(mend) == [(2, "goals")]
    (mended,) = people(mend.replace(b"Biology student who codes,,", b"Biology student who codes,A job,")).rows
    assert (mended.name, mended.answers.goals, mended.answers.about) == ("Person 2", "A job", "=1+1")


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_file_is_too_odd(content: bytes) -> None:
    for whole in (file_of([row()]) + content, content):
        with suppress(UnreadableFile):
            people(whole)
