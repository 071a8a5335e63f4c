"""Private help: what somebody tells staff alone about a match of theirs."""

from dataclasses import dataclass

from core.ask_words import ONLY_STAFF
from core.rules.checkins import MOST_COMMENT
from core.services.help import ask_for_help
from core.services.matches import pair
from core.uow import Reading, Work
from web.actions.forms import NO, YES, Form
from web.actions.pages import Page, Shown, Visit

SEND = "send"


@dataclass(frozen=True)
class HelpFields:
    """The fields of the form, and who is never told."""

    partner: str
    apart: tuple[str, ...] = (NO, YES)
    most: int = MOST_COMMENT

    @property
    def promise(self) -> str:
        """Who reads it, and who does not."""
        return ONLY_STAFF.format(partner=self.partner)


@dataclass(frozen=True)
class HelpPage:
    """The form, or that staff have it."""

    sent: bool
    help: HelpFields


def help_in(form: Form) -> tuple[str, bool]:
    """What happened, and whether the two are to be kept apart."""
    return form.text("what", MOST_COMMENT, required=True), form.agreed("apart")


def show(reading: Reading, visit: Visit) -> Shown:
    """The form, for a match that runs or is over."""
    partner = pair(reading, visit.link.subject_id).other(visit.person.id)
    return Shown("help.html", HelpPage(SEND in visit.done, HelpFields(partner.name)))


def send(work: Work, visit: Visit, form: Form) -> None:
    """`Send` it to staff, and nobody else."""
    what, apart = help_in(form)
    form.check()
    ask_for_help(work, visit.link.subject_id, what, apart)


PAGE = Page(show, {SEND: send})
