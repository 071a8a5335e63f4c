"""Files of people to import, with as many rows as a test wants, and the ways in which a row can be faulty."""

import codecs
import csv
import io
from collections.abc import Iterable, Mapping

from core.rules.import_files import COLUMNS

Cells = dict[str, str]

FAULTY: Mapping[str, Mapping[str, str]] = {
    "name": {"name": " "},
    "email": {"email": "nobody at example.org"},
    "slack_id": {"slack_id": "@mia"},
    "role": {"role": "admin"},
    "headline": {"headline": "x" * 121},
    "goals": {"goals": ""},
    "industries": {"industries": ";;"},
    "interests": {"interests": ";".join(f"Field {n}" for n in range(16))},
    "skills": {"skills": "x" * 80},
    "location": {"location": "x" * 101},
    "meet": {"meet": "Telepathy"},
    "languages": {"languages": ";".join(f"Language {n}" for n in range(16))},
    "mentees": {"role": "mentor", "mentees": "eleven"},
    "about": {"about": "x" * 1501},
}
"""By the column where the fault is found."""


def row(number: int = 1, **changed: str) -> Cells:
    """A student, or whoever is wanted."""
    return {
        "name": f"Person {number}",
        "email": f"import{number}@example.org",
        "slack_id": "",
        "role": "student",
        "headline": "Biology student who codes",
        "goals": "Work on data in drug discovery",
        "industries": "Biotechnology",
        "interests": "Genomics",
        "skills": "Python;k8s",
        "location": "Rotterdam",
        "meet": "Video;in person",
        "languages": "English",
        "mentees": "",
        "about": "",
    } | changed


def rows_with_faults(size: int, faulty: Iterable[int]) -> list[Cells]:
    """So many rows, of which those with these numbers in the file are faulty, each in another way in turn."""
    wrong, ways = set(faulty), list(FAULTY.values())
    return [row(n, **(ways[n % len(ways)] if n in wrong else {})) for n in range(2, size + 2)]


def file_of(
    rows: Iterable[Mapping[str, str]],
    *,
    columns: Iterable[str] = COLUMNS,
    delimiter: str = ",",
    encoding: str = "utf-8",
    end: str = "\r\n",
) -> bytes:
    """The rows as a file."""
    text = io.StringIO()
    names = list(columns)
    writer = csv.DictWriter(text, names, delimiter=delimiter, lineterminator=end, extrasaction="ignore")
    writer.writerow(dict(zip(names, names, strict=True)))
    writer.writerows(rows)
    bom = codecs.BOM_UTF16_LE if encoding == "utf-16-le" else b""
    return bom + text.getvalue().encode(encoding)
