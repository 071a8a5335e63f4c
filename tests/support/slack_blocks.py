"""Short ways to write Slack's blocks in tests."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def words(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(text: str) -> Json:
    return {"text": words(text), "value": text.casefold()}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(text: str, action: str = "press", **more: Any) -> Json:
    return {"type": "button", "text": words(text), "action_id": action, **more}


def row(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def field(label: str, kind: str, action: str, *, optional: bool = False, told: bool = False, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": f"b_{action}",
        "label": words(label),
        "optional": optional,
        "dispatch_action": told,
        "element": {"type": kind, "action_id": action, **more},
    }


def modal(title: str, *blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": words(title), "submit": words("Send"), "blocks": list(blocks), **more}


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks), **more}
