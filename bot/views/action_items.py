"""Action items: on the Home tab, in a reminder, in a meeting's note, and the form that changes one."""

from uuid import UUID

from bot.blocks import (
    Json,
    Message,
    actions,
    and_more,
    button,
    date_input,
    escape,
    message,
    modal,
    option,
    question,
    quote,
    section,
    select,
    text_input,
)
from bot.ids import Action, Callback, Field
from core.rules.action_items import BOTH, MOST_TEXT
from core.services.action_items import ItemView
from core.services.listing import First
from core.words import calendar_day

SHOWN = 200


def item_line(item: ItemView) -> str:
    """`• Mia Tan: Read chapter 3, by 3 February`, as plain letters; with a tick once it is done."""
    owner = f"{item.owner_name}: " if item.owner_name else ""
    due = f", by {calendar_day(item.due_on)}" if item.due_on else ""
    return f"{'✓' if item.done else '•'} {owner}{item.text.removesuffix('.')}{due}"


def item_blocks(items: First[ItemView], reader_id: UUID) -> list[Json]:
    """What a person has to do, for the Home tab, each with its buttons."""
    blocks = [block for item in items for block in (section(_told(item, reader_id)), _buttons(item))]
    return [*blocks, *and_more(items.more, "once these are done")]


def _told(item: ItemView, reader_id: UUID) -> str:
    due = f"due on {calendar_day(item.due_on)}" if item.due_on else ""
    both = "" if item.owner_id else f"for you and {escape(item.other(reader_id).name)}"
    facts = ", ".join(filter(None, (both, due)))
    return quote(item.text, SHOWN) + (f"\n{facts[:1].upper()}{facts[1:]}" if facts else "")


def _buttons(item: ItemView) -> Json:
    return actions(button("Done", Action.ITEM_DONE, item.item_id), button("Change", Action.ITEM_CHANGE, item.item_id))


def item_modal(item: ItemView) -> Json:
    """The form, as the item stands."""
    people = [option(person.name, person.id) for person in (item.student, item.mentor)]
    return modal(
        "Action item",
        Callback.CHANGE_ITEM,
        [
            question("What", text_input(Field.ITEM_WHAT, item.text, MOST_TEXT, lines=True)),
            question("Who", select(Field.ITEM_WHO, [*people, option("Both of us", BOTH)], item.owner_id or BOTH)),
            question("Due", date_input(Field.ITEM_DUE, item.due_on), required=False),
        ],
        submit="Save",
        carries=item.item_id,
    )


def item_reminder_message(item: ItemView, reader_id: UUID) -> Message:
    """To who wants to do it, the day before it is due; once it is done, that."""
    text, partner = quote(item.text), escape(item.other(reader_id).name)
    if item.done:
        done = f"Done: {text}"
        return message(done, [section(done)])
    due = f" by {calendar_day(item.due_on)}" if item.due_on else ""
    who = f"You and {partner} wanted" if item.owner_id is None else "You wanted"
    return message(f"{who} to do this{due}: {text}", [section(f"{who} to do this{due}:\n{text}"), _buttons(item)])
