"""The referee of the other tests here does refuse what Slack refuses."""

from typing import Any

import pytest

from tests.support.block_limits import message_faults, view_faults

Json = dict[str, Any]


def section(length: int, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": "x" * length}, **more}


def row(*lengths: int) -> Json:
    words = [{"type": "plain_text", "text": "x" * length} for length in lengths]
    return {"type": "actions", "elements": [{"type": "button", "text": text, "action_id": "a"} for text in words]}


FAULTY = {
    "a long section": [section(3001)],
    "an empty section": [section(0)],
    "51 blocks": [section(1)] * 51,
    "a long button": [row(76)],
    "one action twice": [row(1, 1)],
    "one block id twice": [section(1, block_id="b"), section(1, block_id="b")],
    "a question": [{"type": "input", "label": {"type": "plain_text", "text": "x"}, "element": {}}],
}


@pytest.mark.parametrize("name", FAULTY)
def test_faulty_messages_are_seen(name: str) -> None:
    assert message_faults("text", FAULTY[name])


def test_missing_text_is_seen() -> None:
    assert message_faults(" ", [section(1)])
    assert not message_faults("text", [section(3000)])


def test_faulty_views_are_seen() -> None:
    field = {"type": "plain_text_input", "action_id": "a", "max_length": 2, "initial_value": "abc"}
    question = {"type": "input", "label": {"type": "plain_text", "text": "x"}, "element": field}
    modal: Json = {"type": "modal", "title": {"type": "plain_text", "text": "x" * 24}, "blocks": [question]}

    assert "questions without a submit button" in view_faults(modal)
    assert "an initial value that could not be typed" in view_faults(modal)
    assert view_faults({**modal, "title": {"type": "plain_text", "text": "x" * 25}, "blocks": [section(1)]})
    assert not view_faults({**modal, "blocks": [section(1)] * 100})
