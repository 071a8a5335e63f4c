"""What Slack's own client says about a form before it sends it."""

from __future__ import annotations

import re
from typing import Any

from sandbox.block_kit.elements import ANSWER_KEYS, PRESSED, Element, Json, State, elements

REQUIRED = "Please complete this required field."


def complaints(blocks: list[Json], values: State) -> dict[str, str]:
    """For each input block whose answer is missing or wrong, what to tell the person."""
    found: dict[str, str] = {}
    for element in elements(blocks):
        if element.in_input and element.kind not in PRESSED:
            block_id, action_id = element.ids
            sentence = _complaint(element, values[block_id][action_id].get(ANSWER_KEYS[element.kind]))
            if sentence:
                found[block_id] = sentence
    return found


def _complaint(element: Element, value: Any) -> str | None:
    if value in (None, "", []):
        return None if element.block.get("optional") else REQUIRED
    if isinstance(value, str):
        return _about_text(element, value)
    most = element.body.get("max_selected_items")
    if isinstance(value, list) and most is not None and len(value) > most:
        return f"Please choose no more than {most}."
    return None


def _about_text(element: Element, value: str) -> str | None:
    body = element.body
    match element.kind:
        case "plain_text_input":
            least, most = body.get("min_length") or 0, body.get("max_length") or 3000
            if not least <= len(value) <= most:
                return f"Please enter {least} to {most} characters. There are {len(value)}."
        case "email_text_input" if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
            return "Please enter a valid email address."
        case "url_text_input" if not re.fullmatch(r"https?://\S+", value):
            return "Please enter a valid URL."
        case "number_input":
            return _about_number(body, value)
    return None


def _about_number(body: Json, value: str) -> str | None:
    if not re.fullmatch(r"-?\d+(\.\d+)?" if body["is_decimal_allowed"] else r"-?\d+", value):
        return "Please enter a number." if body["is_decimal_allowed"] else "Please enter a whole number."
    least, most = body.get("min_value"), body.get("max_value")
    if least is not None and float(value) < float(least):
        return f"Please enter a number of at least {least}."
    if most is not None and float(value) > float(most):
        return f"Please enter a number of at most {most}."
    return None
