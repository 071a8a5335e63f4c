"""Terms in a CSV file: kind, label and synonyms, these with ; between them."""

import csv
from collections.abc import Iterator
from pathlib import Path

from app.errors import CommandError
from core.taxonomy import OwnTerm, TagKind

COLUMNS = ("kind", "label", "synonyms")
BETWEEN = ";"


def read(path: Path) -> dict[int, OwnTerm]:
    """The terms of a file by their line. Raises `CommandError` with all lines that cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} cannot be read: {error}.") from None
    rows = csv.DictReader(text.splitlines(), strict=True)
    if missing := set(COLUMNS) - set(rows.fieldnames or ()):
        raise CommandError(f"{path} has no column {min(missing)!r}: its first line should be {','.join(COLUMNS)}")
    terms: dict[int, OwnTerm] = {}
    problems: dict[int, str] = {}
    for line, row in _lines(path, rows):
        try:
            kind = TagKind((row["kind"] or "").strip().lower())
            terms[line] = OwnTerm(kind, row["label"] or "", _list(row["synonyms"]))
        except ValueError:
            problems[line] = f"{row['kind']!r} is no kind of term."
    if problems:
        raise refused(path, problems)
    return terms


def refused(path: Path, problems: dict[int, str]) -> CommandError:
    """What is wrong in a file, line by line."""
    told = "\n".join(f"  line {line}: {problem}" for line, problem in sorted(problems.items()))
    return CommandError(f"Nothing of {path} was taken in:\n{told}")


def _lines(path: Path, rows: "csv.DictReader[str]") -> Iterator[tuple[int, dict[str, str | None]]]:
    try:
        for row in rows:
            if any(row.get(name) for name in COLUMNS):
                yield rows.line_num, dict(row)
    except csv.Error as error:
        raise CommandError(f"{path}, line {rows.line_num}: {error}.") from None


def _list(value: str | None) -> tuple[str, ...]:
    return tuple(text.strip() for text in (value or "").split(BETWEEN) if text.strip())
