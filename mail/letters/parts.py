"""What a letter is made of: plain data with no markup, which `mail/rendering.py` draws as HTML and as text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar
from urllib.parse import quote
from uuid import UUID

from core.links import Links, Purpose
from core.services.people import Person
from mail.event import Event

LINK_LIFE = timedelta(days=30)


@dataclass(frozen=True)
class Button:
    """A link that is made to be pressed. One letter has at most one that is `main`."""

    label: str
    url: str
    main: bool = False


@dataclass(frozen=True)
class Paragraph:
    """Plain sentences."""

    text: str
    kind: ClassVar[str] = "paragraph"


@dataclass(frozen=True)
class Heading:
    """What the parts up to the next heading are about, in a letter about several things."""

    text: str
    kind: ClassVar[str] = "heading"


@dataclass(frozen=True)
class Quote:
    """What somebody wrote, line by line, under a title."""

    title: str
    text: str
    kind: ClassVar[str] = "quote"


@dataclass(frozen=True)
class Entry:
    """One line of a list; the label may be empty."""

    label: str
    text: str


@dataclass(frozen=True)
class Entries:
    """A list under a title: reasons, facts, or with numbers an agenda."""

    title: str
    entries: tuple[Entry, ...]
    numbered: bool = False
    kind: ClassVar[str] = "entries"


@dataclass(frozen=True)
class Buttons:
    """What the reader can do, beside each other where there is room."""

    buttons: tuple[Button, ...]
    kind: ClassVar[str] = "buttons"


@dataclass(frozen=True)
class SmallPrint:
    """A remark that matters less than the rest."""

    text: str
    kind: ClassVar[str] = "small_print"


Part = Paragraph | Heading | Quote | Entries | Buttons | SmallPrint


@dataclass(frozen=True)
class Draft:
    """A letter before it is drawn.

    `why` says why the reader gets it. `standing` names in one word how its subject stands: a change of the subject is
    worth another letter only for some of these. `thread` names what letters that belong together have in common.
    """

    subject: str
    parts: tuple[Part, ...]
    why: str
    thread: str
    standing: str = ""
    ways_out: tuple[Button, ...] = ()
    event: Event | None = None


@dataclass(frozen=True)
class Reader:
    """Who a letter is for, and the links that are theirs alone."""

    person: Person
    links: Links
    now: datetime

    def link(self, purpose: Purpose, subject_id: UUID, until: datetime | None = None) -> str:
        """A link for this person to do this.

        It outlives the moment at which the deed itself ends by a month: a person who comes late reads how things
        stand, and the deed's own rule refuses. A deadline may also still be put off.
        """
        return self.links.url(purpose, self.person.id, subject_id, (until or self.now) + LINK_LIFE)


def write_to(name: str, address: str, subject: str) -> Button:
    """A letter of the reader's own to somebody, begun with its subject."""
    return Button(f"Write to {name}", f"mailto:{quote(address, safe='@')}?subject={quote(subject)}", main=True)


def told(title: str, text: str) -> tuple[Quote, ...]:
    """What somebody wrote, under a title, or nothing if they wrote nothing."""
    return (Quote(title, text),) if text.strip() else ()


def listing(title: str, entries: Iterable[Entry], *, numbered: bool = False) -> tuple[Entries, ...]:
    """A list, or nothing if it is empty."""
    kept = tuple(entries)
    return (Entries(title, kept, numbered),) if kept else ()
