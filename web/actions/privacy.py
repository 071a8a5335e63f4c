"""A person's own data: what is kept and why, all of it to read or to save, and the way to have it erased."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.links import Purpose
from core.privacy_words import GOES, KEPT, STAYS, WHO_SEES
from core.rules.erasure import WORD
from core.rules.retention import RULES, Retained
from core.services.erasure import erase_self
from core.services.own_data import OwnData, Row, own_data
from core.uow import Reading, Work
from core.words import day_there
from web.actions.forms import Form
from web.actions.pages import Page, Shown, Visit

ERASE = "erase"
FILE = "my-data.json"
IDENTIFIER = re.compile(r"[a-z]+(_[a-z]+)+")


@dataclass(frozen=True)
class PrivacyPage:
    """What is kept, for how long, and the two things one can do about it."""

    read: str
    kept: str = KEPT
    sees: str = WHO_SEES
    goes: str = GOES
    stays: str = STAYS
    word: str = WORD
    rules: tuple[Retained, ...] = RULES


@dataclass(frozen=True)
class OwnDataPage:
    """Everything, part by part; what there is nothing of is named in a line."""

    on: str
    parts: tuple[tuple[str, tuple[Mapping[str, str], ...]], ...]
    nothing: tuple[str, ...]
    file: str


def show(reading: Reading, visit: Visit) -> Shown:
    """What is kept, and what one can do."""
    del reading
    return Shown("privacy.html", PrivacyPage(visit.link_to(Purpose.OWN_DATA)))


def erase(work: Work, visit: Visit, form: Form) -> None:
    """`Erase me`, with the word typed."""
    del visit
    word = form.text("word", 20)
    form.check()
    erase_self(work, word)


def show_data(reading: Reading, visit: Visit) -> Shown:
    """All of it, to read."""
    found = own_data(reading)
    page = OwnDataPage(
        on=day_there(found.at, visit.person.tz),
        parts=tuple((part.title, tuple(map(_readable, part.rows))) for part in found.parts if part.rows),
        nothing=tuple(part.title for part in found.parts if not part.rows),
        file=visit.link_to(Purpose.OWN_DATA_FILE),
    )
    return Shown("own_data.html", page)


def show_file(reading: Reading, visit: Visit) -> Shown:
    """All of it, to save."""
    del visit
    return Shown("", as_json(own_data(reading)), file=FILE)


def as_json(data: OwnData) -> str:
    """Parts by title, rows by plain names."""
    told: dict[str, Any] = {"at": data.at.isoformat(timespec="seconds")}
    told |= {part.title: [dict(row) for row in part.rows] for part in data.parts}
    return json.dumps(told, ensure_ascii=False, indent=2, default=date.isoformat)


def _readable(row: Row) -> Mapping[str, str]:
    return {name: _told(value) for name, value in row.items()}


def _told(value: Any) -> str:
    """In words, moments in UTC."""
    match value:
        case bool():
            return "yes" if value else "no"
        case datetime():
            return f"{value.day} {value:%B %Y, %H:%M}"
        case date():
            return f"{value.day} {value:%B %Y}"
        case dict():
            return "; ".join(f"{_told(name)}: {_told(one)}" for name, one in value.items())
        case list():
            return ", ".join(map(_told, value))
        case str() if IDENTIFIER.fullmatch(value):
            return value.replace("_", " ")
        case _:
            return str(value)


PAGE = Page(show, {ERASE: erase}, for_people_who_left=True)
DATA_PAGE = Page(show_data, {}, for_people_who_left=True)
FILE_PAGE = Page(show_file, {}, for_people_who_left=True)
