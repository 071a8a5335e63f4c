"""What a page behind a link is made of: who came, what they see, and what they can do there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from core.links import Link, Purpose
from core.services.people import Person
from core.uow import Reading, Work
from web.actions.forms import Form


@dataclass(frozen=True)
class Visit:
    """Somebody who holds a link, and what the link has done already.

    `again` is a younger link for the same, with which a page that is drawn now can offer a deed once more; `link_to`
    makes one for another page about the same subject, and `link_about` for one about another.
    """

    link: Link
    person: Person
    done: frozenset[str]
    token: str
    again: str
    link_to: Callable[[Purpose], str]
    link_about: Callable[[Purpose, UUID], str]

    def token_for(self, deed: str) -> str:
        """The link that the form of this deed is sent to."""
        return self.again if deed in self.done else self.token


@dataclass(frozen=True)
class Shown:
    """A template, and what it shows under the name `page`; or, with the name of a `file`, the text to be saved."""

    template: str
    page: object
    file: str = ""


Show = Callable[[Reading, Visit], Shown]
Do = Callable[[Work, Visit, Form], None]


@dataclass(frozen=True)
class Page:
    """How things stand, drawn by `show`, and what can be done about it: a deed's name is what its form sends.

    A link does each deed once, but for those in `repeatable`, which change nothing the second time. `one_click` is
    the deed that a mail program may do for the person.
    """

    show: Show
    deeds: Mapping[str, Do]
    repeatable: frozenset[str] = field(default=frozenset())
    one_click: str = ""
    for_people_who_left: bool = False
