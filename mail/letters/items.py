"""Action items by letter: a line in the note of a meeting, and a reminder the day before one is due."""

from datetime import date
from zoneinfo import ZoneInfo

from core.links import Purpose
from core.services.action_items import ItemView
from core.words import calendar_day
from mail.letters.parts import Button, Buttons, Draft, Paragraph, Reader, told
from mail.text import one_line

WHY = "You get this because you noted this after a meeting."
OPEN, DONE = "open", "done"


def item_line(item: ItemView) -> str:
    """`Mia Tan: Read chapter 3, by 3 February`."""
    owner = f"{one_line(item.owner_name)}: " if item.owner_name else ""
    due = f", by {calendar_day(item.due_on)}" if item.due_on else ""
    return f"{owner}{one_line(item.text, 500).removesuffix('.')}{due}{' (done)' if item.done else ''}"


def item_reminder_letter(reader: Reader, item: ItemView) -> Draft:
    """To who wants to do it. Not worth sending once it is done."""
    partner = one_line(item.other(reader.person.id).name)
    who = f"You and {partner} wanted" if item.owner_id is None else "You wanted"
    due = f" by {calendar_day(item.due_on)}" if item.due_on else ""
    return Draft(
        subject=f"{_due(reader, item.due_on)}: {one_line(item.text, 80)}",
        parts=(
            Paragraph(f"{who} to do this{due}."),
            *told("Action item", item.text),
            Buttons((Button("Done", reader.link(Purpose.ITEM, item.item_id), main=True),)),
        ),
        why=WHY,
        thread=f"match.{item.match_id}",
        standing=DONE if item.done else OPEN,
    )


def _due(reader: Reader, due_on: date | None) -> str:
    """When, as the reader sees it: the letter may be late, or the day be another by now."""
    if due_on is None:
        return "To do"
    ahead = (due_on - reader.now.astimezone(ZoneInfo(reader.person.tz)).date()).days
    return {0: "Due today", 1: "Due tomorrow"}.get(ahead, f"Due on {calendar_day(due_on)}")
