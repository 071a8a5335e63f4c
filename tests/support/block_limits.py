"""What Slack would refuse, found independently of our builders: slack_sdk's models first, then what they overlook."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from sandbox.block_kit.limits import message_problems, view_problems

Json = dict[str, Any]
PING = re.compile(r"<(?:!(?:channel|here|everyone)|!subteam\^\w+|@[UW]\w+|#C\w+|https?:|javascript:|mailto:)")


def message_faults(text: str, blocks: list[Json]) -> list[str]:
    """Why Slack would not take this message; empty if it would."""
    faults = [] if text.strip() and len(text) <= 4000 else ["the top-level text is missing or too long"]
    if len(blocks) > 50:
        faults.append(f"{len(blocks)} blocks in a message")
    if any(block["type"] == "input" for block in blocks):
        faults.append("a question in a message")
    return [*faults, *_block_faults(blocks), *message_problems(blocks)]


def view_faults(view: Json) -> list[str]:
    """Why Slack would not take this modal or Home tab; empty if it would."""
    faults = list(_refused(lambda: View(**view).validate_json()))
    if len(view["blocks"]) > 100 or len(json.dumps(view)) > 250_000:
        faults.append("the view is too large")
    if view["type"] == "modal" and any(block["type"] == "input" for block in view["blocks"]) and "submit" not in view:
        faults.append("questions without a submit button")
    return [*faults, *_block_faults(view["blocks"]), *view_problems(view)]


def _block_faults(blocks: list[Json]) -> Iterator[str]:
    for block in blocks:
        yield from _refused(lambda block=block: (Block.parse(block) or Block()).validate_json())
    yield from _repeated("block_id", [block for block in blocks if "block_id" in block])
    for block in blocks:
        yield from _repeated("action_id", [part for part in block.get("elements", ()) if "action_id" in part])
    for part in parts(blocks):
        yield from _length_faults(part)


def _length_faults(part: Json) -> Iterator[str]:
    kind, text = part.get("type"), part.get("text")
    if kind in ("plain_text", "mrkdwn") and not str(text).strip():
        yield "empty text"
    if kind == "button" and not 1 <= len(text["text"] if isinstance(text, dict) else "") <= 75:
        yield f"a button's text: {text}"
    if len(str(part.get("value", ""))) > 2000:
        yield "a value that is too long"
    for option in (*part.get("options", ()), *part.get("initial_options", ())):
        if not 1 <= len(option["text"]["text"]) <= 75 or not 1 <= len(option["value"]) <= 150:
            yield f"an option: {option}"
    if len(part.get("options", ())) > 100 or len(part.get("initial_options", ())) > part.get("max_selected_items", 100):
        yield "too many options"
    if len(part.get("initial_value", "")) > part.get("max_length", 3000):
        yield "an initial value that could not be typed"


def _repeated(name: str, things: list[Json]) -> Iterator[str]:
    yield from (f"{name} {value} twice" for value, times in Counter(t[name] for t in things).items() if times > 1)


def _refused(make: Any) -> Iterator[str]:
    try:
        make()
    except SlackObjectFormationError as error:
        yield str(error)


def parts(tree: Any) -> Iterator[Json]:
    """Every object inside these blocks."""
    if isinstance(tree, dict):
        yield tree
    for branch in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from parts(branch)


def readable(tree: Any) -> str:
    """All that a person can read in these blocks."""
    return "\n".join(part["text"] for part in parts(tree) if isinstance(part.get("text"), str))


def marked_up(tree: Any) -> str:
    """All text in which Slack gives letters a meaning."""
    return "\n".join(part["text"] for part in parts(tree) if part.get("type") == "mrkdwn")


def pings(text: str) -> list[str]:
    """Everything in marked-up text that would alert somebody or be a link."""
    return PING.findall(text)


def button_labels(tree: Any) -> list[str]:
    """The labels of all buttons, in order."""
    return [part["text"]["text"] for part in parts(tree) if part.get("type") == "button"]


def questions(view: Json) -> dict[str, Json]:
    """A form's questions by label."""
    return {block["label"]["text"]: block for block in view["blocks"] if block["type"] == "input"}


def sent(view: Json, answers: dict[str, Any]) -> Json:
    """`state.values` as Slack sends them for these answers by label; unanswered questions keep what they began with.

    An answer is the typed text, or the value or values picked.
    """
    return {
        block["block_id"]: {block["element"]["action_id"]: _state(block["element"], answers.get(label, ...))}
        for label, block in questions(view).items()
    }


def _state(element: Json, answer: Any) -> Json:
    kind = element["type"]
    if kind in ("plain_text_input", "number_input"):
        return {"type": kind, "value": element.get("initial_value") if answer is ... else answer}
    if kind == "datepicker":
        return {"type": kind, "selected_date": element.get("initial_date") if answer is ... else answer}
    if kind == "datetimepicker":
        return {"type": kind, "selected_date_time": element.get("initial_date_time") if answer is ... else answer}
    if kind in ("static_select", "radio_buttons"):
        return {"type": kind, "selected_option": element.get("initial_option") if answer is ... else _picked(answer)}
    begun = element.get("initial_options", [])
    return {"type": kind, "selected_options": begun if answer is ... else [_picked(one) for one in answer]}


def _picked(value: Any) -> Json:
    return {"text": {"type": "plain_text", "text": str(value)}, "value": str(value)}
