"""Reads a quality set: a folder of files in the format that docs/matching.md describes."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import CommandError

Line = Mapping[str, Any]
Grades = Mapping[str, Mapping[str, float]]  # query → candidate → grade

ABOUT, CANDIDATES, QUERIES, TEXTS = "set.json", "candidates.jsonl", "queries.jsonl", "texts.jsonl"
RELEVANCE, PAIRS = "relevance.csv", "pairs.csv"
RELEVANCE_COLUMNS = ("query", "candidate", "grade")
PAIR_COLUMNS = ("better_query", "better_candidate", "worse_query", "worse_candidate", "weight", "kind", "group")


@dataclass(frozen=True)
class Pair:
    """Two ratings somebody told apart: the first score should exceed the second."""

    better: tuple[str, str]
    worse: tuple[str, str]
    weight: float
    kind: str
    group: str


@dataclass(frozen=True)
class QualitySet:
    """One set: who asks, who could be found, and what is known of which fits whom."""

    name: str
    main: str
    candidates: Mapping[str, Line]
    queries: Mapping[str, Line]
    grades: Grades
    pairs: tuple[Pair, ...]

    def candidates_of(self, query: str) -> list[str]:
        """Whom a query ranks: those it names, by default all, less those it leaves out."""
        line = self.queries[query]
        left_out = set(line.get("except", ()))
        return [each for each in line.get("among", self.candidates) if each not in left_out]


def folders(given: Path) -> list[Path]:
    """The folder itself if it is a set, else the sets in it. Raises `CommandError` if there are none."""
    if (given / ABOUT).is_file():
        return [given]
    found = sorted(path.parent for path in given.glob(f"*/{ABOUT}"))
    if not found:
        raise CommandError(f"{given} is no quality set and holds none: a set is a folder with a {ABOUT}.")
    return found


def read(folder: Path) -> QualitySet:
    """Read a set. Raises `CommandError` at a file that is missing or does not say what it should."""
    about = _json(folder / ABOUT, _text(folder / ABOUT), 1)
    texts = {line["id"]: line["text"] for line in _lines(folder / TEXTS, ("id", "text"))}
    candidates, queries = (
        {line["id"]: _resolved(folder / name, line, texts) for line in _lines(folder / name, ("id",), required=True)}
        for name in (CANDIDATES, QUERIES)
    )
    found = QualitySet(
        name=str(about.get("name", folder.name)),
        main=str(about.get("main", "")),
        candidates=candidates,
        queries=queries,
        grades={} if (folder / PAIRS).is_file() else _grades(folder / RELEVANCE),
        pairs=tuple(_pairs(folder / PAIRS)) if (folder / PAIRS).is_file() else (),
    )
    _check(folder, found)
    return found


def _check(folder: Path, found: QualitySet) -> None:
    """Whoever is named must be there, and every query must have somebody to find."""
    named = {each for line in found.queries.values() for name in ("among", "except") for each in line.get(name, ())}
    named |= {candidate for grades in found.grades.values() for candidate in grades}
    named |= {candidate for pair in found.pairs for _, candidate in (pair.better, pair.worse)}
    asked = {*found.grades, *(query for pair in found.pairs for query, _ in (pair.better, pair.worse))}
    for unknown in sorted(named - found.candidates.keys()):
        raise CommandError(f"{folder} names a candidate {unknown!r} who is not in {CANDIDATES}.")
    for unknown in sorted(asked - found.queries.keys()):
        raise CommandError(f"{folder} names a query {unknown!r} that is not in {QUERIES}.")
    if not found.pairs:
        for query in found.queries:
            if not any(grade > 0 for grade in found.grades.get(query, {}).values()):
                raise CommandError(f"{folder / RELEVANCE} names no relevant candidate for query {query!r}.")


def _resolved(path: Path, line: Line, texts: Mapping[str, str]) -> Line:
    """The line with each reference to a stored text replaced by the text."""
    try:
        return {
            name: [texts[item["ref"]] if isinstance(item, dict) else item for item in value]
            if isinstance(value, list)
            else value
            for name, value in line.items()
        }
    except KeyError as error:
        raise CommandError(f"{path}, {line['id']}: there is no text {error} in {TEXTS}.") from None


def _grades(path: Path) -> Grades:
    grades: dict[str, dict[str, float]] = {}
    for number, row in _rows(path, RELEVANCE_COLUMNS):
        grades.setdefault(row["query"], {})[row["candidate"]] = _number(path, number, row["grade"])
    return grades


def _pairs(path: Path) -> Iterator[Pair]:
    for number, row in _rows(path, PAIR_COLUMNS):
        yield Pair(
            better=(row["better_query"], row["better_candidate"]),
            worse=(row["worse_query"], row["worse_candidate"]),
            weight=_number(path, number, row["weight"]),
            kind=row["kind"],
            group=row["group"],
        )


def _lines(path: Path, fields: Iterable[str], *, required: bool = False) -> Iterator[Line]:
    """The lines of a file, each an object with these fields. A file that is not required may be absent."""
    if not required and not path.is_file():
        return
    for number, text in enumerate(_text(path).splitlines(), start=1):
        line = _json(path, text, number)
        if missing := [name for name in fields if name not in line]:
            raise CommandError(f"{path}, line {number}: there is no {missing[0]!r}.")
        yield line


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    rows = csv.DictReader(_text(path).splitlines())
    if missing := set(columns) - set(rows.fieldnames or ()):
        raise CommandError(f"{path} has no column {min(missing)!r}; it needs {', '.join(columns)}.")
    yield from enumerate(rows, start=2)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} cannot be read: {error}.") from None


def _json(path: Path, text: str, number: int) -> Line:
    try:
        line = json.loads(text)
    except json.JSONDecodeError as error:
        raise CommandError(f"{path}, line {number} is not JSON: {error}.") from None
    if not isinstance(line, dict):
        raise CommandError(f"{path}, line {number}: expected an object, as in {{...}}.")
    return line


def _number(path: Path, number: int, text: str | None) -> float:
    try:
        return float(text or "")
    except ValueError:
        raise CommandError(f"{path}, line {number}: {text!r} is no number.") from None
