"""Who stands in an imported file, by the rules of the profile form, and what is wrong in which row. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from core.mailbox import ascii_address
from core.rules.errors import InvalidFields
from core.rules.import_files import Fault, Line, Table
from core.rules.profiles import MOST_MENTEES, TAG, ProfileAnswers, checked, tidy
from core.rules.roles import Meet, Role
from core.taxonomy import Taxonomy

NAME, ADDRESS = 120, 254
ACCOUNT = re.compile(r"[UW][A-Z0-9]{2,30}")
FIELD_OF: Mapping[str, str] = {
    "headline": "headline",
    "goals": "goals",
    "industries": "industries",
    "interests": "research",
    "skills": "skills",
    "location": "location",
    "meet": "meet",
    "languages": "languages",
    "mentees": "max_mentees",
    "about": "about",
}
"""The field of the profile that a column fills."""
COLUMN_OF = {field: column for column, field in FIELD_OF.items()}
WAYS = {way.casefold(): way for way in Meet}


@dataclass(frozen=True)
class ImportedRow:
    """One row that can be taken: a person in one role. `given` are the fields of the profile that it tells of."""

    number: int
    name: str
    email: str
    slack_id: str
    answers: ProfileAnswers
    given: frozenset[str]

    @property
    def key(self) -> str:
        """Whom it is about: addresses are the same in any case."""
        return self.email.lower()


@dataclass(frozen=True)
class Sheet:
    """A file as people: the rows that can be taken, and all that is wrong with the others."""

    rows: tuple[ImportedRow, ...]
    faults: tuple[Fault, ...]


def read_people(table: Table, taxonomy: Taxonomy) -> Sheet:
    """Who stands in a file. Rows with faults are left out; of two that contradict, the second is at fault."""
    if any(fault.number == 1 for fault in table.faults):
        return Sheet((), table.faults)
    faults, rows = list(table.faults), []
    long = {fault.number for fault in table.faults}
    for line in table.lines:
        row, wrong = _read(line, taxonomy)
        faults += wrong
        if row and not wrong and line.number not in long:
            rows.append(row)
    clashing = list(_clashes(rows))
    left_out = {fault.number for fault in clashing}
    in_order = sorted(faults + clashing, key=lambda fault: fault.number)
    return Sheet(tuple(row for row in rows if row.number not in left_out), tuple(in_order))


def completed(row: ImportedRow, known: ProfileAnswers) -> ProfileAnswers:
    """The answers of a row where somebody has told of themselves: fields without a column stay as they were."""
    return replace(row.answers, **{field: getattr(known, field) for field in COLUMN_OF if field not in row.given})


def _read(line: Line, taxonomy: Taxonomy) -> tuple[ImportedRow | None, list[Fault]]:
    cells = line.cells
    problems: dict[str, str] = {}
    name = " ".join(tidy(cells["name"]).split())
    if not name or len(name) > NAME:
        problems["name"] = f"Please give the person's name, in at most {NAME} characters."
    email = _address(cells["email"], problems)
    slack_id = cells.get("slack_id", "")
    if slack_id and not ACCOUNT.fullmatch(slack_id):
        problems["slack_id"] = "Please give the member ID as Slack shows it, such as U024BE7LH, or leave it empty."
    role = _role(cells["role"], problems)
    given = {FIELD_OF[column] for column in cells if column in FIELD_OF}
    if role is Role.STUDENT or not cells.get("mentees"):
        given -= {"max_mentees"}  # no number says nothing
    told = _answers(cells, role or Role.STUDENT, problems)
    try:
        told = checked(told, taxonomy)
    except InvalidFields as error:
        problems = {COLUMN_OF.get(field, field): text for field, text in error.problems.items()} | problems
    faults = [Fault(line.number, column, problem) for column, problem in problems.items()]
    return (None if faults else ImportedRow(line.number, name, email, slack_id, told, frozenset(given))), faults


def _address(cell: str, problems: dict[str, str]) -> str:
    try:
        email = ascii_address(cell)
    except ValueError:
        email = ""
    if not email or len(email) > ADDRESS or any(sign.isspace() for sign in email):
        problems["email"] = "Please give an address that letters can be sent to, such as ana@example.org."
    return email


def _role(cell: str, problems: dict[str, str]) -> Role | None:
    if cell.casefold() in (Role.STUDENT, Role.MENTOR):
        return Role(cell.casefold())
    problems["role"] = "Please write student or mentor; for who is both, a row for each."
    return None


def _answers(cells: Mapping[str, str], role: Role, problems: dict[str, str]) -> ProfileAnswers:
    return ProfileAnswers(
        role=role,
        headline=cells["headline"],
        goals=cells["goals"],
        industries=_tags(cells, "industries", problems),
        research=_tags(cells, "interests", problems),
        skills=_tags(cells, "skills", problems),
        location=cells.get("location", ""),
        meet=_ways(cells["meet"], problems),
        languages=_tags(cells, "languages", problems),
        max_mentees=_mentees(cells.get("mentees", ""), role, problems),
        about=cells.get("about", ""),
    )


def _list(cell: str) -> tuple[str, ...]:
    return tuple(tidy(part) for part in cell.split(";"))


def _tags(cells: Mapping[str, str], column: str, problems: dict[str, str]) -> tuple[str, ...]:
    """The entries of a list. One too long is refused: the form never gets that far, and folding would cut it."""
    tags = _list(cells.get(column, ""))
    if any(len(tag) > TAG for tag in tags):
        problems[column] = f"Please keep each entry under {TAG} characters, with semicolons between them."
    return tags


def _ways(cell: str, problems: dict[str, str]) -> tuple[str, ...]:
    named = [part for part in _list(cell) if part]
    unknown = [part for part in named if part.casefold() not in WAYS]
    if unknown:
        problems["meet"] = f"“{unknown[0][:40]}” is no way to meet. Please choose among {'; '.join(Meet)}."
    return tuple(dict.fromkeys(WAYS[part.casefold()] for part in named if part.casefold() in WAYS))


def _mentees(cell: str, role: Role, problems: dict[str, str]) -> int:
    """A number for a mentor, 1 where nothing is said; of a student it says nothing."""
    if role is not Role.MENTOR or not cell:
        return 1
    if cell.isascii() and cell.isdigit() and len(cell) <= len(str(MOST_MENTEES)):
        return int(cell)
    problems["mentees"] = f"Please enter a number from 1 to {MOST_MENTEES}."
    return 1


def _clashes(rows: Iterable[ImportedRow]) -> Iterable[Fault]:
    """What rows say against an earlier one."""
    people: dict[str, ImportedRow] = {}
    roles: dict[tuple[str, Role], int] = {}
    accounts: dict[str, ImportedRow] = {}
    for row in rows:
        first = people.setdefault(row.key, row)
        there = roles.setdefault((row.key, row.answers.role), row.number)
        if there != row.number:
            yield Fault(row.number, "email", f"Row {there} has this {row.answers.role} already. Keep one of the two.")
        elif first.name != row.name:
            yield Fault(row.number, "name", f"Row {first.number} gives another name for this address. Make them equal.")
        elif first.slack_id != row.slack_id:
            yield Fault(row.number, "slack_id", f"Row {first.number} says otherwise for this address. Make them equal.")
        elif row.slack_id and accounts.setdefault(row.slack_id, row).key != row.key:
            other = accounts[row.slack_id].number
            yield Fault(row.number, "slack_id", f"Row {other} gives it to another address. Correct one of the two.")
