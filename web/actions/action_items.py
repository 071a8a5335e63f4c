"""Something one of a pair wants to do: done with one press."""

from dataclasses import dataclass

from core.services.action_items import ItemView, finish_item, item_view
from core.uow import Reading, Work
from core.words import calendar_day
from web.actions.forms import Form
from web.actions.pages import Page, Shown, Visit

DONE = "done"


@dataclass(frozen=True)
class ItemPage:
    """What is to be done, and by when."""

    item: ItemView
    due: str


def show(reading: Reading, visit: Visit) -> Shown:
    """The item with its button, or that it is done."""
    item = item_view(reading, visit.link.subject_id)
    return Shown("item.html", ItemPage(item, calendar_day(item.due_on) if item.due_on else ""))


def done(work: Work, visit: Visit, form: Form) -> None:
    """`Done`."""
    del form
    finish_item(work, visit.link.subject_id)


PAGE = Page(show, {DONE: done})
