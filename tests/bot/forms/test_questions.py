"""The form of a quick question, and what was typed after the command."""

import pytest

from bot.forms.questions import new_question, typed_question
from core.rules.questions import QUESTION, NewQuestion


def test_a_form_is_read_field_by_field() -> None:
    topics = [{"value": "Python"}, {"value": "Left-handed knitting"}]
    sent = {
        "question:question": {"question:question": {"value": "Why?"}},
        "question:details": {"question:details": {"value": None}},
        "question:topics": {"question:topics": {"selected_options": topics}},
    }
    assert new_question(sent) == NewQuestion("Why?", "", ("Python", "Left-handed knitting"))
    assert new_question({}) == NewQuestion("")


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("Is a &lt; b &amp;&amp; b &gt; c?", "Is a < b && b > c?"),
        ("Does &amp;lt; work?", "Does &lt; work?"),
        ("Does <@U012AB|kim> or <@U034> know?", "Does @kim or @U034 know?"),
        ("Asked in <#C012|general> before", "Asked in #general before"),
        (
            "See <https://example.org/a|example.org/a> or <https://example.org>",
            "See example.org/a or https://example.org",
        ),
        ("x" * 400, "x" * QUESTION),
        ("", ""),
    ],
)
def test_what_was_typed_stands_in_the_form_as_it_was_typed(sent: str, typed: str) -> None:
    assert typed_question(sent) == typed
