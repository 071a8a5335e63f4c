"""Elements: buttons, and the fields of forms. Ids are given, never made up: what is typed hangs on them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from bot.blocks.text import Json, marked, plain
from bot.ids import Field
from core.rules.roles import Role

BUTTON, VALUE, PLACEHOLDER, LABEL = 75, 2000, 150, 2000
OPTION, OPTION_VALUE, OPTIONS = 75, 150, 100
Style = Literal["primary", "danger"]


def button(
    text: str, action_id: str, value: object = "", *, style: Style | None = None, confirm: Json | None = None
) -> Json:
    """A button. `value` is what it carries: an id, most of the time."""
    made: Json = {"type": "button", "text": plain(text, BUTTON), "action_id": action_id}
    return made | _given(value=str(value)[:VALUE], style=style, confirm=confirm)


def confirm(title: str, text: str, yes: str, no: str) -> Json:
    """What is asked before a button takes something back; hence the colour of danger."""
    return {
        "title": plain(title, 100),
        "text": marked(text, 300),
        "confirm": plain(yes, 30),
        "deny": plain(no, 30),
        "style": "danger",
    }


def option(text: str, value: object, description: str = "") -> Json:
    """One choice of a list. A long text is cut for the eye before its value is."""
    made: Json = {"text": plain(text, OPTION), "value": (str(value) or text)[:OPTION_VALUE]}
    return made | ({"description": plain(description, OPTION)} if description else {})


def text_input(field: Field, value: str, most: int, *, placeholder: str = "", lines: bool = False) -> Json:
    """Free text of at most `most` characters, on one line or several."""
    made: Json = {
        "type": "plain_text_input",
        "action_id": field,
        "multiline": lines,
        "max_length": most,
    }
    return made | _given(initial_value=value[:most], placeholder=_placeholder(placeholder))


def number_input(field: Field, value: int | None, least: int, most: int) -> Json:
    """A whole number between two others."""
    made: Json = {
        "type": "number_input",
        "action_id": field,
        "is_decimal_allowed": False,
        "min_value": str(least),
        "max_value": str(most),
    }
    return made | ({} if value is None else {"initial_value": str(min(max(value, least), most))})


def date_input(field: Field, value: date | None) -> Json:
    """A day from a calendar."""
    made: Json = {"type": "datepicker", "action_id": field}
    return made | ({"initial_date": value.isoformat()} if value else {})


def moment_input(field: Field) -> Json:
    """A date and a time, which Slack shows and reads on the person's own clock."""
    return {"type": "datetimepicker", "action_id": field}


def radio_buttons(field: Field, options: Sequence[Json], value: object = None) -> Json:
    """One of a few, all in sight."""
    return _menu("radio_buttons", field, options, one=value)


def select(field: Field, options: Sequence[Json], value: object = None, *, placeholder: str = "") -> Json:
    """One of many."""
    menu = _menu("static_select", field, options, one=value)
    return menu | _given(placeholder=_placeholder(placeholder))


def checkboxes(field: Field, options: Sequence[Json], values: Iterable[str] = ()) -> Json:
    """Any of a few, all in sight."""
    return _menu("checkboxes", field, options, several=values)


def tags(field: Field, values: Iterable[str], most: int, placeholder: str) -> Json:
    """Words typed with suggestions: from the first letter on, Slack asks us for them."""
    chosen = [option(value, value) for value in dict.fromkeys(values) if value.strip()]
    made: Json = {
        "type": "multi_external_select",
        "action_id": field,
        "min_query_length": 1,
        "max_selected_items": most,
    }
    return made | _given(initial_options=chosen[:most], placeholder=_placeholder(placeholder))


def question(
    label: str,
    element: Json,
    *,
    role: Role | None = None,
    required: bool = True,
    hint: str = "",
    asks: bool = False,
) -> Json:
    """An element with its label, as a form's question. With `asks`, its answer is sent to us at once."""
    field: Field = element["action_id"]
    made: Json = {
        "type": "input",
        "block_id": field.block_id(role),
        "label": plain(label, LABEL),
        "element": element,
        "optional": not required,
        "dispatch_action": asks,
    }
    return made | ({"hint": plain(hint, LABEL)} if hint else {})


def _menu(kind: str, field: Field, options: Sequence[Json], *, one: object = None, several: Iterable[str] = ()) -> Json:
    offered, values = list(options[:OPTIONS]), set(several)
    first = next((made for made in offered if made["value"] == str(one)), None)
    chosen = [made for made in offered if made["value"] in values]
    made: Json = {"type": kind, "action_id": field, "options": offered}
    return made | _given(initial_option=first, initial_options=chosen)


def _placeholder(text: str) -> Json | None:
    return plain(text, PLACEHOLDER) if text else None


def _given(**parts: object) -> Json:
    """Those that hold something: Slack refuses an empty value where it would take none."""
    return {name: part for name, part in parts.items() if part}
