"""Slack's limits on whole messages and views: what is refused, and in which words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sandbox.block_kit.element_shapes import (
    CONTROLS,
    ELEMENTS,
    GROUP,
    GROUPS_MOST,
    ID,
    IMAGE,
    INPUTS,
    MENUS,
    OPTION,
    OPTIONS_MOST,
    PICKERS,
    TYPE,
    URL,
    Fields,
    has_one_list,
    plain,
)
from sandbox.block_kit.elements import Json, parts
from sandbox.block_kit.shapes import (
    Anything,
    Flag,
    Items,
    Problems,
    Shape,
    Text,
    TextObject,
    Thing,
    Typed,
    problem,
)

MESSAGE_BLOCKS, VIEW_BLOCKS, VIEW_BYTES = 50, 100, 250_000

_block: Fields = {"block_id": ID}
_beside = Typed(ELEMENTS, (MENUS.keys() | PICKERS.keys() | CONTROLS.keys() | {"image"}) - {"datetimepicker"})
_in_row = Typed(ELEMENTS, MENUS.keys() | PICKERS.keys() | CONTROLS.keys())
_in_form = Typed(ELEMENTS, MENUS.keys() | PICKERS.keys() | INPUTS.keys())
_small: dict[str, Shape] = {
    "image": IMAGE,
    "plain_text": plain(3000),
    "mrkdwn": TextObject(3000, ("mrkdwn",)),
}

BLOCKS: dict[str, Shape] = {
    "section": Thing(
        TYPE,
        {
            **_block,
            "text": TextObject(3000),
            "fields": Items(TextObject(2000), 10, 1),
            "accessory": _beside,
            "expand": Flag(),
        },
    ),
    "actions": Thing({**TYPE, "elements": Items(_in_row, 25, 1)}, _block),
    "context": Thing({**TYPE, "elements": Items(Typed(_small, _small.keys()), 10, 1)}, _block),
    "header": Thing({**TYPE, "text": plain(150)}, _block),
    "divider": Thing(TYPE, _block),
    "image": Thing(
        {**TYPE, "alt_text": Text(2000, 1)},
        {**_block, "image_url": URL, "slack_file": Anything(), "title": plain(2000)},
    ),
    "input": Thing(
        {**TYPE, "label": plain(2000), "element": _in_form},
        {**_block, "hint": plain(2000), "optional": Flag(), "dispatch_action": Flag()},
    ),
    "rich_text": Thing(
        {
            **TYPE,
            "elements": Items(
                Thing(
                    TYPE,
                    {
                        "elements": Anything(),
                        "style": Anything(),
                        "indent": Anything(),
                        "offset": Anything(),
                        "language": Anything(),
                        "border": Anything(),
                    },
                ),
                1000,
            ),
        },
        _block,
    ),
    "markdown": Thing({**TYPE, "text": Text(12_000, 1)}, _block),
    "table": Thing(
        {**TYPE, "rows": Items(Items(Anything(), 20, 1), 100, 1)}, {**_block, "column_settings": Anything()}
    ),
}
_in_message = Items(Typed(BLOCKS, BLOCKS.keys() - {"input"}), MESSAGE_BLOCKS)
_in_view = Items(Typed(BLOCKS, BLOCKS.keys() - {"markdown", "table"}), VIEW_BLOCKS)
_named: Fields = {"private_metadata": Text(3000), "callback_id": Text(255), "external_id": Text(255)}
_framed: Fields = {
    "submit": plain(24),
    "close": plain(24),
    "clear_on_close": Flag(),
    "notify_on_close": Flag(),
}
VIEWS: dict[str, Shape] = {
    "modal": Thing({**TYPE, "title": plain(24), "blocks": _in_view}, {**_named, **_framed, "submit_disabled": Flag()}),
    "home": Thing({**TYPE, "blocks": _in_view}, {**_named, **_framed, "title": plain(24)}),
}
_view = Typed(VIEWS, VIEWS.keys())
_suggestions = Thing({}, {"options": Items(OPTION, OPTIONS_MOST), "option_groups": Items(GROUP, GROUPS_MOST)})


def message_problems(blocks: Any) -> list[str]:
    """Why Slack would answer `invalid_blocks`; empty if the blocks are fine."""
    found = list(_in_message.problems(blocks, "/blocks"))
    return found or list(_across(blocks, "/blocks"))


def view_problems(view: Any) -> list[str]:
    """Why Slack would refuse a modal or a Home tab; empty if it is fine."""
    return list(_view.problems(view, "/view")) or [
        *_across(view["blocks"], "/view/blocks"),
        *_without_submit(view),
    ]


def suggestion_problems(body: Any) -> list[str]:
    """Why Slack would show none of these suggestions; empty if they are fine."""
    found = list(_suggestions.problems(body, ""))
    if not found and not has_one_list(body):
        found = ["must provide exactly one of: options, option_groups"]
    return found


def view_is_too_large(view: Json) -> bool:
    """Whether a view is above Slack's 250 kB."""
    return len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES


def _across(blocks: list[Json], at: str) -> Problems:
    """What shows only across blocks: ids used twice, empty sections and images, more than one focus."""
    yield from _repeated("block_id", ((block, f"{at}/{i}") for i, block in enumerate(blocks)))
    focused = 0
    for index, block in enumerate(blocks):
        here = f"{at}/{index}"
        inside = list(parts(block))
        if block["type"] == "section" and not (block.get("text") or block.get("fields")):
            yield problem("missing required field: text or fields", here)
        yield from _repeated("action_id", ((one, f"{here}/elements/{i}") for i, one in enumerate(inside)))
        for picture in (one for one in (block, *inside) if one["type"] == "image"):
            if not picture.get("image_url") and not picture.get("slack_file"):
                yield problem("missing required field: image_url or slack_file", here)
        focused += sum(one.get("focus_on_load") is True for one in inside)
    if focused > 1:
        yield problem("only one element may have focus_on_load", at)


def _repeated(name: str, named: Iterable[tuple[Json, str]]) -> Problems:
    seen: set[str] = set()
    for one, at in named:
        value = one.get(name)
        if value in seen:
            yield problem(f'`{name}` "{value}" already exists', f"{at}/{name}")
        if value:
            seen.add(value)


def _without_submit(view: Json) -> Problems:
    if view["type"] != "modal" or view.get("submit"):
        return
    for index, block in enumerate(view["blocks"]):
        if block["type"] == "input":
            sentence = "must define `submit` to use an `input` block in modals"
            yield problem(sentence, f"/view/blocks/{index}/input")
