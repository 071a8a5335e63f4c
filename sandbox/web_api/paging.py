"""Slack's pages: so many items, and a cursor that names the last one shown."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sandbox.errors import SlackError
from sandbox.web_api.arguments import Arguments

T = TypeVar("T")
MOST = 1000
PREFIX = "after:"


def page(items: Sequence[T], key: Callable[[T], str], args: Arguments, usual: int) -> tuple[list[T], dict[str, Any]]:
    """One page, and the `response_metadata` with the cursor of the next (empty at the end).

    Items that come in meanwhile shift no page. Raises `SlackError`: `invalid_cursor`, `invalid_limit`.
    """
    start = 0
    if "cursor" in args:
        last = _decode(args.text("cursor"))
        start = next((i + 1 for i, item in enumerate(items) if key(item) == last), -1)
        if start < 0:
            raise SlackError("invalid_cursor")
    limit = args.number("limit", usual, "invalid_limit") or usual
    if not 0 < limit <= MOST:
        raise SlackError("invalid_limit")
    shown = list(items[start : start + limit])
    more = start + limit < len(items)
    return shown, {"next_cursor": _encode(key(shown[-1])) if more else ""}


def _encode(key: str) -> str:
    return base64.b64encode(f"{PREFIX}{key}".encode()).decode()


def _decode(cursor: str) -> str:
    try:
        text = base64.b64decode(cursor, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        text = ""
    if not text.startswith(PREFIX):
        raise SlackError("invalid_cursor")
    return text.removeprefix(PREFIX)
