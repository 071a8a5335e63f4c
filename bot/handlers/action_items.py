"""What a pair took upon itself: done, or said differently."""

from bot.context import Bot
from bot.forms.action_items import item_answers
from bot.payloads import Click, Submission
from bot.views.action_items import item_modal
from core.rules.action_items import ItemDone
from core.services import action_items
from core.services.people import Person
from core.uow import member


def done(bot: Bot, person: Person, click: Click) -> None:
    """`Done`."""
    with bot.units.work(member(person.id)) as work:
        action_items.finish_item(work, click.subject_id)


def open_change_form(bot: Bot, person: Person, click: Click) -> None:
    """`Change`: the form, if there is still something to do."""
    with bot.units.read(member(person.id)) as reading:
        item = action_items.item_view(reading, click.subject_id)
    if item.done:
        raise ItemDone
    bot.show(click, item_modal(item))


def change(bot: Bot, person: Person, sent: Submission) -> None:
    """The form of `Change`."""
    told = item_answers(sent.values)
    with bot.units.work(member(person.id)) as work:
        action_items.change_item(work, sent.subject_id, told.text, told.owner_id, told.due_on)
