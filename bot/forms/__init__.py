"""Forms: from what Slack tells of a form's fields to typed answers, and from problems back to the fields."""

from collections.abc import Mapping
from typing import Any

from bot.ids import answer_of
from bot.payloads import BadPayload


def field_errors(problems: Mapping[str, str], values: Mapping[str, Any]) -> dict[str, str]:
    """Each problem at its field: from the core's names of answers to the block ids of the form that was sent.

    `values` are that form's. Raises `BadPayload` if a problem has no field there: Slack would refuse it.
    """
    blocks = {answer_of(block_id): block_id for block_id in values}
    if strange := problems.keys() - blocks.keys():
        raise BadPayload(f"the form has no field for {', '.join(sorted(strange))}")
    return {blocks[name]: problem for name, problem in problems.items()}
