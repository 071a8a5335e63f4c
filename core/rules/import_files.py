"""Files of people as spreadsheets write them, taken apart: UTF-8 or Excel's UTF-16, with commas, semicolons or tabs.

Nothing is guessed at silently: a file that cannot be read to its last cell is refused with what to do about it.
"""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from core.cells import as_written, harmless
from core.rules.errors import DomainError

COLUMNS = (
    "name",
    "email",
    "slack_id",
    "role",
    "headline",
    "goals",
    "industries",
    "interests",
    "skills",
    "location",
    "meet",
    "languages",
    "mentees",
    "about",
)
NEEDED = ("name", "email", "role", "headline", "goals", "industries", "skills", "meet")
PROBLEM = "problem"
"""The column that our own file of faulty rows has besides: it is passed over, so that a mended file can be taken."""
DELIMITERS = (",", ";", "\t")
MOST_BYTES, MOST_ROWS = 8_000_000, 10_000
EXAMPLES = (
    ("Mia Tan", "mia@example.org", "", "student", "Biology student who codes", "Work on data in drug discovery",
     "Biotechnology;Health care", "Genomics", "Python;Statistics", "Rotterdam", "Video;In person", "English;Dutch",
     "", ""),
    ("Kim Alder", "kim@example.org", "", "mentor", "Data scientist in pharma", "Finding a first job in drug discovery",
     "Biotechnology", "Genomics", "Python;Machine learning", "Utrecht", "Video", "English", "2", "Ten years in labs."),
)  # fmt: skip


class UnreadableFile(DomainError):
    """The file cannot be taken as a whole. `why` is a sentence that says what to do."""

    code = "unreadable_file"

    def __init__(self, why: str) -> None:
        super().__init__(why=why)
        self.why = why


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell, and what to do. `number` is the row as a spreadsheet counts: the header is row 1."""

    number: int
    column: str
    problem: str


@dataclass(frozen=True)
class Line:
    """One row of the file: its cells by column, without space around them."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """A file taken apart. With faults in its header, or without lines, there is nothing to import."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]


def read_table(content: bytes) -> Table:
    """Take a file apart. Raises `UnreadableFile`."""
    if len(content) > MOST_BYTES:
        raise UnreadableFile(f"The file is larger than {MOST_BYTES // 1_000_000} MB. Please import it in parts.")
    text = _text(content)
    first, _, _ = text.partition("\n")
    rows = list(_rows(text, _delimiter(first)))
    if not rows or not any(rows[0]):
        raise UnreadableFile("The first row is empty. It has to hold the names of the columns.")
    if len(rows) > MOST_ROWS + 1:
        raise UnreadableFile(f"The file has more than {MOST_ROWS:,} rows. Please import it in parts.")
    names = [name.casefold() for name in rows[0]]
    faults, lines = list(_of_header(names)), []
    for number, cells in enumerate(rows[1:], 2):
        if any(cells):
            known = zip_longest(names, cells[: len(names)], fillvalue="")
            lines.append(Line(number, {name: as_written(cell) for name, cell in known}))
            faults += _of_length(number, names, cells)
    if not lines:
        raise UnreadableFile("There is no row below the names of the columns.")
    return Table(tuple(names), tuple(lines), tuple(faults))


def _text(content: bytes) -> str:
    if content.startswith(b"PK\x03\x04"):
        raise UnreadableFile("This is an Excel workbook. Save it in Excel as “CSV UTF-8”, and choose that file.")
    utf_16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile("The letters cannot be read. Save the file as “CSV UTF-8”, and choose that.") from None
    if "\0" in text:
        raise UnreadableFile("This is no text file. Save your list as “CSV UTF-8”, and choose that.")
    return text


def _delimiter(header: str) -> str:
    """What stands between the cells: with it, the first row holds the most names that we know."""
    return max(
        DELIMITERS, key=lambda mark: len({cell.strip(' "\r').casefold() for cell in header.split(mark)} & {*COLUMNS})
    )


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    reader, number = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 0
    try:
        for cells in reader:
            number += 1
            yield [cell.strip() for cell in cells]
    except csv.Error:
        raise UnreadableFile(
            f"Row {number + 1} cannot be taken apart: a quotation mark there has no partner, or a cell is far too "
            "long. Inside a cell in quotation marks, write each of them twice."
        ) from None


def _of_header(names: Sequence[str]) -> Iterator[Fault]:
    for name in dict.fromkeys(filter(None, names)):
        if name not in (*COLUMNS, PROBLEM):
            yield Fault(
                1, name, f"No column is called so. Rename it to one of these, or remove it: {', '.join(COLUMNS)}."
            )
        if names.count(name) > 1:
            yield Fault(1, name, "Two columns are called so. Remove one of them.")
    for name in NEEDED:
        if name not in names:
            yield Fault(1, name, "This column is missing. Add it.")


def _of_length(number: int, names: Sequence[str], cells: Sequence[str]) -> Iterator[Fault]:
    nameless = any(cell for name, cell in zip(names, cells, strict=False) if not name)
    if nameless or len(cells) > len(names):
        yield Fault(
            number,
            "",
            "There are more cells than columns. Where a text holds what separates the cells, put the text in "
            "quotation marks; the entries of a list are separated by semicolons.",
        )


def faulty_rows(table: Table, faults: Iterable[Fault]) -> bytes:
    """The rows with faults as a file to mend and import: as they came, with what is wrong in a column of its own."""
    problems: dict[int, list[str]] = {}
    for fault in faults:
        problems.setdefault(fault.number, []).append(f"{fault.column}: {fault.problem}".removeprefix(": "))
    columns = [name for name in table.columns if name and name != PROBLEM]
    rows = (
        [*(harmless(line.cells.get(name, "")) for name in columns), " ".join(problems[line.number])]
        for line in table.lines
        if line.number in problems
    )
    return as_file([*columns, PROBLEM], rows)


def template() -> bytes:
    """A file to begin with: the columns, and a student and a mentor to write over."""
    return as_file(COLUMNS, EXAMPLES)


def as_file(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A file as Excel opens it everywhere: it takes UTF-8 for what it is by its first mark alone."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(rows)
    return codecs.BOM_UTF8 + text.getvalue().encode()
