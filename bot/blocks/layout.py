"""Blocks: what a message or view is stacked from."""

from collections.abc import Iterable

from bot.blocks.text import Json, escape, marked, plain, shorten
from core.words import count

SECTION, FIELD, HEADER, FIELDS, BUTTONS = 3000, 2000, 150, 10, 25


def section(text: str, *, beside: Json | None = None) -> Json:
    """Marked-up text, perhaps with one element at its right. What people typed must come escaped."""
    block: Json = {"type": "section", "text": marked(text, SECTION)}
    return block | ({"accessory": beside} if beside else {})


def quoted(text: str) -> Json:
    """A longer text that somebody typed, letter by letter."""
    return {"type": "section", "text": plain(text, SECTION)}


def titled(title: str, text: str) -> list[Json]:
    """A longer text that somebody typed, letter by letter, under a title; nothing at all where they typed nothing."""
    if not text.strip():
        return []
    parts = [
        {"type": "text", "text": f"{title}\n", "style": {"bold": True}},
        {"type": "text", "text": shorten(text.strip(), SECTION)},
    ]
    return [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": parts}]}]


def facts(pairs: Iterable[tuple[str, str]]) -> list[Json]:
    """Short facts in two columns, as label and typed text; those left empty are left out."""
    told = [(label, text) for label, text in pairs if text.strip()]
    fields = [marked(f"*{label}*\n{escape(text)}", FIELD) for label, text in told]
    return [{"type": "section", "fields": fields[:FIELDS]}] if fields else []


def header(text: str) -> Json:
    """A large title."""
    return {"type": "header", "text": plain(text, HEADER)}


def context(text: str) -> Json:
    """A small grey line, marked up."""
    return {"type": "context", "elements": [marked(text, SECTION)]}


def and_more(number: int, where: str = "") -> list[Json]:
    """A line on how many more there are than are shown, and where to find them; nothing where that is all."""
    if number <= 0:
        return []
    return [context(f"And {count(number, 'more', 'more')}{f', {where}' if where else ''}.")]


def divider() -> Json:
    """A thin line."""
    return {"type": "divider"}


def actions(*buttons: Json) -> Json:
    """A row of buttons."""
    return {"type": "actions", "elements": list(buttons[:BUTTONS])}
