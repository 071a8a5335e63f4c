"""What a message may hold: text, blocks and metadata, or the error Slack has for them."""

from __future__ import annotations

import copy
import json

from sandbox.block_kit.elements import with_ids
from sandbox.block_kit.limits import message_problems
from sandbox.errors import SlackError
from sandbox.store import Json
from sandbox.web_api.arguments import Arguments

POST_CHARACTERS, UPDATE_CHARACTERS = 40_000, 4_000
METADATA_CHARACTERS = 15_000
UNREADABLE = "This content can't be displayed."
"""What a phone's notification shows of blocks that come without text."""


def read_content(args: Arguments, most: int) -> Json:
    """The `text` and `blocks` sent; blocks that were not sent are not in it, an empty list is.

    Raises `SlackError`: `invalid_blocks_format`, `invalid_blocks`, `msg_too_long`, `no_text`.
    """
    content: Json = {}
    if "blocks" in args:
        blocks = args.json("blocks", "invalid_blocks_format")
        if not isinstance(blocks, list):
            raise SlackError("invalid_blocks_format")
        problems = message_problems(blocks)
        if problems:
            raise SlackError("invalid_blocks", problems)
        content["blocks"] = with_ids(copy.deepcopy(blocks))
    text = args.text("text")
    if len(text) > most:
        raise SlackError("msg_too_long")
    if text.strip():
        content["text"] = text
    elif content.get("blocks"):
        content["text"] = UNREADABLE
    else:
        raise SlackError("no_text")
    return content


def read_metadata(args: Arguments) -> Json | None:
    """The `metadata` sent: None if there was none, empty if it is to be removed.

    Raises `SlackError`: `invalid_metadata_format`, `invalid_metadata_schema`, `metadata_too_large`.
    """
    if "metadata" not in args:
        return None
    metadata = args.json("metadata", "invalid_metadata_format")
    if not isinstance(metadata, dict):
        raise SlackError("invalid_metadata_format")
    if metadata == {}:
        return {}
    kind, payload = metadata.get("event_type"), metadata.get("event_payload")
    if not isinstance(kind, str) or not kind or not isinstance(payload, dict):
        raise SlackError("invalid_metadata_format")
    if metadata.keys() - {"event_type", "event_payload"}:
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(metadata)) > METADATA_CHARACTERS:
        raise SlackError("metadata_too_large")
    return metadata
