"""What Slack accepts of each element, and of the option and confirm objects inside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.block_kit.shapes import (
    Anything,
    Day,
    Flag,
    Items,
    Number,
    OneOf,
    Problems,
    Shape,
    Text,
    TextObject,
    Thing,
    problem,
)

Fields = dict[str, Shape]

ID = Text(255, 1)
URL = Text(3000, 1)
TYPE: Fields = {"type": Anything()}
STYLE = OneOf(("primary", "danger"))
OPTIONS_MOST, GROUPS_MOST, CHOICES_MOST, OVERFLOW_MOST, CHOSEN_MOST = 100, 100, 10, 5, 1000


def plain(most: int) -> TextObject:
    """A plain_text object."""
    return TextObject(most, ("plain_text",))


CONFIRM = Thing(
    {"title": plain(100), "text": TextObject(300), "confirm": plain(30), "deny": plain(30)}, {"style": STYLE}
)
OPTION = Thing({"text": plain(75), "value": Text(150, 1)}, {"description": plain(75)})
LINKED_OPTION = Thing({"text": plain(75), "value": Text(150, 1)}, {"description": plain(75), "url": Text(3000)})
FORMATTED_OPTION = Thing({"text": TextObject(75), "value": Text(150, 1)}, {"description": TextObject(75)})
GROUP = Thing({"label": plain(75), "options": Items(OPTION, OPTIONS_MOST, 1)})


def options_of(body: dict[str, Any]) -> list[dict[str, Any]]:
    """All options of an element or of suggestions, grouped or not."""
    grouped = [one for group in body.get("option_groups") or [] for one in group["options"]]
    return [*(body.get("options") or []), *grouped]


def has_one_list(body: dict[str, Any]) -> bool:
    """Whether options come in exactly one of the two ways; a null is neither."""
    lists = [body[key] for key in ("options", "option_groups") if key in body]
    return len(lists) == 1 and lists[0] is not None


def same_option(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two options are the same to Slack: by text and value."""
    return bool(one["text"]["text"] == other["text"]["text"] and one["value"] == other["value"])


@dataclass(frozen=True)
class Choice:
    """An element with options of its own: in one list or in groups, the initial ones among them."""

    shape: Thing

    def problems(self, value: Any, at: str) -> Problems:
        """The shape's; then both lists or none, and initial options that are not offered."""
        found = list(self.shape.problems(value, at))
        yield from found
        if found:
            return
        if not has_one_list(value):
            yield problem("must provide exactly one of: options, option_groups", at)
            return
        first = value.get("initial_option")
        chosen = value.get("initial_options") or ([first] if first is not None else [])
        if value.get("initial_options") == []:
            yield problem("no fewer than 1 items allowed", f"{at}/initial_options")
        if any(not any(same_option(one, offered) for offered in options_of(value)) for one in chosen):
            key = "initial_option" if first is not None else "initial_options"
            yield problem("initial options must be among the options provided", f"{at}/{key}")
        yield from _too_many(value, at, len(chosen))


def _too_many(value: dict[str, Any], at: str, chosen: int) -> Problems:
    most = value.get("max_selected_items")
    if most is not None and chosen > most:
        yield problem(f"no more than {most} items allowed", f"{at}/initial_options")


@dataclass(frozen=True)
class Range:
    """An element whose least must not be above its most."""

    shape: Thing
    least: str
    most: str

    def problems(self, value: Any, at: str) -> Problems:
        """The shape's, then bounds that no answer could meet."""
        found = list(self.shape.problems(value, at))
        yield from found
        low, high = (value.get(self.least), value.get(self.most)) if not found else (None, None)
        if low is None or high is None:
            return
        try:
            if float(low) > float(high):
                yield problem(f"{self.least} must not be greater than {self.most}", at)
        except ValueError:
            yield problem("must provide a number", f"{at}/{self.least}")


_action: Fields = {"action_id": ID}
_asking: Fields = {**_action, "confirm": CONFIRM, "focus_on_load": Flag()}
_menu: Fields = {**_asking, "placeholder": plain(150)}
_multi: Fields = {**_menu, "max_selected_items": Number(1, CHOSEN_MOST)}
_offered: Fields = {
    "options": Items(OPTION, OPTIONS_MOST, 1),
    "option_groups": Items(GROUP, GROUPS_MOST, 1),
}
_searched: Fields = {"min_query_length": Number(0, 3000)}
_answering: Fields = {"response_url_enabled": Flag()}
_filtered: Fields = {**_answering, "filter": Anything(), "default_to_current_conversation": Flag()}
_written: Fields = {
    **_action,
    "placeholder": plain(150),
    "focus_on_load": Flag(),
    "dispatch_action_config": Thing(
        {}, {"trigger_actions_on": Items(OneOf(("on_enter_pressed", "on_character_entered")), 2, 1)}
    ),
}
_ids = Items(ID, CHOSEN_MOST)
_several = Items(OPTION, OPTIONS_MOST, 1)
_formatted: Fields = {"options": Items(FORMATTED_OPTION, CHOICES_MOST, 1)}

MENUS: dict[str, Shape] = {
    "static_select": Choice(Thing(TYPE, {**_menu, **_offered, "initial_option": OPTION})),
    "external_select": Thing(TYPE, {**_menu, **_searched, "initial_option": OPTION}),
    "users_select": Thing(TYPE, {**_menu, "initial_user": ID}),
    "conversations_select": Thing(TYPE, {**_menu, **_filtered, "initial_conversation": ID}),
    "channels_select": Thing(TYPE, {**_menu, **_answering, "initial_channel": ID}),
    "multi_static_select": Choice(Thing(TYPE, {**_multi, **_offered, "initial_options": Items(OPTION, OPTIONS_MOST)})),
    "multi_external_select": Thing(TYPE, {**_multi, **_searched, "initial_options": _several}),
    "multi_users_select": Thing(TYPE, {**_multi, "initial_users": _ids}),
    "multi_conversations_select": Thing(TYPE, {**_multi, **_filtered, "initial_conversations": _ids}),
    "multi_channels_select": Thing(TYPE, {**_multi, "initial_channels": _ids}),
}
PICKERS: dict[str, Shape] = {
    "radio_buttons": Choice(Thing({**TYPE, **_formatted}, {**_asking, "initial_option": FORMATTED_OPTION})),
    "checkboxes": Choice(
        Thing({**TYPE, **_formatted}, {**_asking, "initial_options": Items(FORMATTED_OPTION, CHOICES_MOST)})
    ),
    "datepicker": Thing(TYPE, {**_menu, "initial_date": Day()}),
    "timepicker": Thing(TYPE, {**_menu, "initial_time": Text(5, 5, r"([01]\d|2[0-3]):[0-5]\d"), "timezone": Text(100)}),
    "datetimepicker": Thing(TYPE, {**_asking, "initial_date_time": Number(10**9, 10**10 - 1)}),
}
INPUTS: dict[str, Shape] = {
    "plain_text_input": Range(
        Thing(
            TYPE,
            {
                **_written,
                "initial_value": Text(3000),
                "multiline": Flag(),
                "min_length": Number(0, 3000),
                "max_length": Number(1, 3000),
            },
        ),
        "min_length",
        "max_length",
    ),
    "email_text_input": Thing(TYPE, {**_written, "initial_value": Text(3000)}),
    "url_text_input": Thing(TYPE, {**_written, "initial_value": Text(3000)}),
    "number_input": Range(
        Thing(
            {**TYPE, "is_decimal_allowed": Flag()},
            {**_written, "initial_value": Text(100), "min_value": Text(100), "max_value": Text(100)},
        ),
        "min_value",
        "max_value",
    ),
    "rich_text_input": Thing(
        TYPE, {**_written, "initial_value": Anything(), "min_lines": Anything(), "max_lines": Anything()}
    ),
    "file_input": Thing(TYPE, {**_action, "filetypes": Anything(), "max_files": Number(1, 10)}),
}
CONTROLS: dict[str, Shape] = {
    "button": Thing(
        {**TYPE, "text": plain(75)},
        {
            **_action,
            "value": Text(2000),
            "url": Text(3000),
            "style": STYLE,
            "confirm": CONFIRM,
            "accessibility_label": Text(75),
        },
    ),
    "overflow": Thing({**TYPE, "options": Items(LINKED_OPTION, OVERFLOW_MOST, 1)}, {**_action, "confirm": CONFIRM}),
}
IMAGE = Thing({**TYPE, "alt_text": Text(2000)}, {"image_url": URL, "slack_file": Anything()})
ELEMENTS: dict[str, Shape] = {**MENUS, **PICKERS, **INPUTS, **CONTROLS, "image": IMAGE}
