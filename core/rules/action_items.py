"""Action items: what one of a pair, or both, want to do, perhaps by a day.

On one line: `Ana: read chapter 3 by 2031-02-03`. The name and the day may be left out. What does not read like that
is kept as it was written, as something for both.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.rules.errors import DomainError
from core.rules.profiles import tidy
from core.rules.texts import checked_text

MOST_TEXT = 500
BOTH = "both"
_DUE = re.compile(r"^(?P<text>.*\S)\s+by\s+(?P<day>\d{4}-\d{2}-\d{2})\.?$", re.IGNORECASE | re.DOTALL)
_OWNER = re.compile(r"^(?P<name>[^:]{1,80}):\s+(?P<text>\S.*)$", re.DOTALL)


class ItemDone(DomainError):
    """What is done is not changed any more."""

    code = "item_done"


@dataclass(frozen=True)
class Item:
    """What is to be done, by whom (both, if nobody is named), and by when."""

    text: str
    owner_id: UUID | None = None
    due_on: date | None = None


def parse(line: str, names: Mapping[UUID, str]) -> Item:
    """Read one line. `names` are the two people's: by full name or by a first name that only one of them has."""
    text, owner_id, due_on = tidy(line), None, None
    if (found := _DUE.match(text)) and (day := _day(found["day"])):
        text, due_on = found["text"], day
    if found := _OWNER.match(text):
        called = " ".join(found["name"].split()).casefold()
        owners = [who for who, name in names.items() if called in _calls(name)]
        if len(owners) == 1 or called == BOTH:
            text, owner_id = found["text"], owners[0] if owners else None
    return Item(text, owner_id, due_on)


def check(text: str) -> str:
    """The text of an item, tidied. Raises `InvalidFields` if it is empty or too long."""
    return checked_text("what", text, MOST_TEXT, "Please write a few words.")


def _calls(name: str) -> set[str]:
    words = name.casefold().split()
    return {" ".join(words), *words[:1]}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
