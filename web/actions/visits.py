"""One visit: whoever holds a link looks at its page, or does something there. Looking changes nothing."""

import logging
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from uuid import UUID

from core.links import Link, Links, Purpose
from core.rules.errors import DomainError, InvalidFields, NotFound
from core.rules.roles import PersonState
from core.services.people import by_id, standing
from core.services.used_links import LinkUsed, deeds_done, use_once
from core.uow import Reading, Units, member
from web.actions.forms import BadForm, Form
from web.actions.pages import Shown, Visit
from web.actions.table import PAGES
from web.errors import PersonErased, PersonGone, sentence

log = logging.getLogger(__name__)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


class Outcome(Enum):
    """What became of a visit."""

    SHOWN = auto()
    DONE = auto()  # or done before: the page shows how things stand now
    INVALID = auto()  # some fields have to be mended
    REFUSED = auto()


@dataclass(frozen=True)
class Answer:
    """What the visitor sees; nothing to see if the page is to be looked at anew."""

    outcome: Outcome
    shown: Shown | None = None
    visit: Visit | None = None
    form: Form | None = None
    notice: str = ""


@dataclass(frozen=True)
class Door:
    """Where links are taken: reads them, and lets their holders act as themselves."""

    units: Units
    links: Links

    def look(self, token: str) -> Answer:
        """Show how things stand. The database refuses to write. Raises `LinkInvalid`, `LinkExpired`, `PersonGone`."""
        return self._drawn(Outcome.SHOWN, token, self._link(token))

    def act(self, token: str, form: Form) -> Answer:
        """Do what the form says, in one transaction with noting that the link is used.

        A link that did it before changes nothing. Raises as `look`, and `BadForm` for a form of another page.
        """
        link = self._link(token)
        page = PAGES[link.purpose]
        name = page.one_click if form.one_click else form.value("deed") if form.value("token") == token else ""
        if name not in page.deeds:
            raise BadForm("a form of another page")
        try:
            with self.units.work(member(link.person_id)) as work:
                visit = self._arrive(work, token, link)
                if name not in page.repeatable:
                    use_once(work, link, name)
                page.deeds[name](work, visit, form)
        except InvalidFields as error:
            form.add(error.problems)
            return self._drawn(Outcome.INVALID, token, link, form)
        except LinkUsed:
            log.info("link %s was used again for %s: nothing changed", _name(link), name)
            return Answer(Outcome.DONE)
        except NotFound:
            raise
        except DomainError as error:
            log.info("link %s could not %s: %s", _name(link), name, error.code)
            return self._drawn(Outcome.REFUSED, token, link, form, sentence(error))
        log.info("link %s was used for %s", _name(link), name)
        return Answer(Outcome.DONE)

    def _link(self, token: str) -> Link:
        return self.links.read(token, self.units.clock())

    def _drawn(self, outcome: Outcome, token: str, link: Link, form: Form | None = None, notice: str = "") -> Answer:
        with self.units.read(member(link.person_id)) as reading:
            visit = self._arrive(reading, token, link)
            return Answer(outcome, PAGES[link.purpose].show(reading, visit), visit, form, notice)

    def _arrive(self, reading: Reading, token: str, link: Link) -> Visit:
        state = standing(reading, link.person_id)
        if state is PersonState.ERASED:
            raise PersonErased
        if state is PersonState.LEFT and not PAGES[link.purpose].for_people_who_left:
            raise PersonGone
        until = min(reading.now + DAY, link.expires_at - SECOND)  # never longer than the link it comes from

        def link_about(purpose: Purpose, subject_id: UUID) -> str:
            return self.links.token(purpose, link.person_id, subject_id, until)

        def link_to(purpose: Purpose) -> str:
            return link_about(purpose, link.subject_id)

        done = deeds_done(reading, link)
        return Visit(link, by_id(reading, link.person_id), done, token, link_to(link.purpose), link_to, link_about)


def _name(link: Link) -> str:
    """Tells links apart in a log, and tells nothing of anybody."""
    return f"{link.purpose} {link.fingerprint.hex()[:8]}"
