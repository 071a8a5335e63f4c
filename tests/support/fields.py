"""Fields and buttons by their labels, and Slack's value for what a person means by an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

Json = dict[str, Any]
Suggest = Callable[[str], list[Json]]

KEYS = {
    "plain_text_input": "value", "email_text_input": "value", "url_text_input": "value",
    "number_input": "value", "static_select": "selected_option", "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "multi_static_select": "selected_options", "multi_external_select": "selected_options",
    "checkboxes": "selected_options", "users_select": "selected_user", "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation", "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel", "multi_channels_select": "selected_channels",
    "datepicker": "selected_date", "timepicker": "selected_time", "datetimepicker": "selected_date_time",
}  # fmt: skip
LETTERS_BEFORE_SUGGESTIONS = 3


class NotOffered(AssertionError):
    """A field, a button or an option was looked for that is not there."""

    def __init__(self, what: str, wanted: object, offered: Iterable[object]) -> None:
        super().__init__(f"no {what} {wanted!r}; there is {', '.join(map(repr, offered)) or 'nothing'}")


@dataclass(frozen=True)
class Control:
    """A field or a button, with the names under which a person may speak of it."""

    block: Json
    element: Json
    names: tuple[str, ...]

    @property
    def kind(self) -> str:
        return str(self.element["type"])

    @property
    def ids(self) -> tuple[str, str]:
        return self.block["block_id"], self.element["action_id"]

    @property
    def tells(self) -> bool:
        """Whether answering it tells the app at once."""
        return bool(self.block["type"] != "input" or self.block.get("dispatch_action"))


def plain(text: Any) -> str:
    return str(text.get("text", "")) if isinstance(text, dict) else ""


def controls(blocks: list[Json]) -> Iterator[Control]:
    """Everything that can be pressed or answered. A field's names: its label or text beside it, its hint."""
    for block in blocks:
        for element in (*(block.get("elements") or ()), block.get("element"), block.get("accessory")):
            if not isinstance(element, dict) or "action_id" not in element:
                continue
            beside = plain(block.get("label")) or plain(block.get("text"))
            names = (beside, beside.strip("*_ \n:"), plain(element.get("placeholder")), element["action_id"])
            if element["type"] == "button":
                names = (plain(element["text"]), element["action_id"], "", "")
            yield Control(block, element, tuple(name for name in names if name))


def buttons(blocks: list[Json]) -> list[str]:
    """What can be pressed, entries of overflow menus among it."""
    found = [one for one in controls(blocks) if one.kind in ("button", "overflow")]
    return [label for one in found for label in _labels(one)]


def fields(blocks: list[Json]) -> list[Control]:
    """What can be answered."""
    return [one for one in controls(blocks) if one.kind in KEYS]


def pressed(label: str, blocks: list[Json]) -> tuple[Control, Json] | None:
    """The button or the overflow entry with this label, and the value that pressing it sends."""
    for one in controls(blocks):
        if one.kind == "button" and one.names[0] == label:
            return one, {}
        for option in one.element["options"] if one.kind == "overflow" else ():
            if plain(option["text"]) == label:
                return one, {"selected_option": option}
    return None


def _labels(one: Control) -> list[str]:
    return [one.names[0]] if one.kind == "button" else [plain(o["text"]) for o in one.element["options"]]


def answer(field: Control, value: Any, suggest: Suggest) -> Json:
    """The field's entry in the state. Lists choose several; `(typed, chosen)` says both for suggestions."""
    key = KEYS[field.kind]
    several = key.endswith("s")
    if value is None or value == []:
        return {"type": field.kind, key: [] if several else None}
    if key == "value":
        return {"type": field.kind, key: str(value)}
    if field.kind == "checkboxes" and isinstance(value, bool):
        value = [plain(o["text"]) for o in field.element["options"]] if value else []
    chosen = [_one(field, part, suggest) for part in (value if isinstance(value, (list, set)) else [value])]
    return {"type": field.kind, key: chosen if several else chosen[0]}


def _one(field: Control, value: Any, suggest: Suggest) -> Any:
    kind = field.kind.removeprefix("multi_")
    if kind == "external_select":
        typed, chosen = value if isinstance(value, tuple) else (str(value), str(value))
        least = field.element.get("min_query_length", LETTERS_BEFORE_SUGGESTIONS)
        if len(typed) < least:
            raise NotOffered(f"suggestion in {field.names[0]!r} before {least} letters for", typed, ())
        return _pick(suggest(typed), chosen, field.names[0])
    if kind in ("static_select", "radio_buttons", "checkboxes"):
        return _pick(options_of(field.element), str(value), field.names[0])
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return getattr(value, "id", value)


def options_of(body: Json) -> list[Json]:
    """All options of an element or of suggestions, grouped or not."""
    groups = body.get("option_groups") or []
    return [*(body.get("options") or []), *(option for group in groups for option in group["options"])]


def _pick(options: list[Json], wanted: str, name: str) -> Json:
    """The option with this text; else case aside; else the first with it as a part."""
    folded = wanted.casefold()
    tests: tuple[Callable[[str], bool], ...] = (
        lambda text: text == wanted,
        lambda text: text.casefold() == folded,
        lambda text: folded in text.casefold(),
    )
    for fits in tests:
        for option in options:
            if fits(plain(option["text"])):
                return option
    raise NotOffered(f"option in {name!r} like", wanted, (plain(option["text"]) for option in options))
