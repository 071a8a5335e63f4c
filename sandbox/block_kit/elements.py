"""The interactive elements of blocks: their ids, and the answers they hold."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
State = dict[str, dict[str, Json]]
"""`state.values`: block id, action id, answer."""

ANSWER_KEYS = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
}
"""Under which key an element's answer stands; one that ends in s is a list."""
PRESSED = {"button", "overflow"}


@dataclass(frozen=True)
class Element:
    """An interactive element and the block it stands in."""

    block: Json
    body: Json

    @property
    def kind(self) -> str:
        """The element's type."""
        return str(self.body["type"])

    @property
    def ids(self) -> tuple[str, str]:
        """Block id and action id."""
        return self.block["block_id"], self.body["action_id"]

    @property
    def in_input(self) -> bool:
        """Whether it belongs to a form, rather than telling the app at once."""
        return bool(self.block["type"] == "input")


def parts(block: Json) -> Iterator[Json]:
    """The elements of one block, interactive or not."""
    for one in (*(block.get("elements") or ()), block.get("element"), block.get("accessory")):
        if isinstance(one, dict):
            yield one


def elements(blocks: list[Json]) -> Iterator[Element]:
    """Every interactive element of stored blocks, in order."""
    for block in blocks:
        for body in parts(block):
            if body.get("type") in PRESSED or body.get("type") in ANSWER_KEYS:
                yield Element(block, body)


def with_ids(blocks: list[Json]) -> list[Json]:
    """The blocks as Slack stores them: with the ids and flags it adds where none were given."""
    for block in blocks:
        if not block.get("block_id"):
            block["block_id"] = secrets.token_urlsafe(4)
        if block["type"] == "input":
            block |= {
                "optional": bool(block.get("optional")),
                "dispatch_action": bool(block.get("dispatch_action")),
            }
    for element in elements(blocks):
        if not element.body.get("action_id"):
            element.body["action_id"] = secrets.token_urlsafe(4)
    return blocks


def state_of(blocks: list[Json], *given: Mapping[str, Mapping[str, Json]]) -> State:
    """What stands in the fields of these blocks: the last answer given for each, or its initial value."""
    values: State = {}
    for element in elements(blocks):
        if element.kind in PRESSED:
            continue
        block_id, action_id = element.ids
        answer = {"type": element.kind, ANSWER_KEYS[element.kind]: _initial(element)}
        for answers in given:
            said = (answers.get(block_id) or {}).get(action_id)
            if said and said.get("type", element.kind) == element.kind:
                answer = {"type": element.kind, **said}
        values.setdefault(block_id, {})[action_id] = answer
    return values


def _initial(element: Element) -> Any:
    key = ANSWER_KEYS[element.kind]
    given = element.body.get("initial_value" if "value" in key else key.replace("selected", "initial"))
    return given if given is not None else ([] if key.endswith("s") else None)
