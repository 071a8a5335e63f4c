"""From the request form to a wish."""

import pytest

from bot.forms import field_errors
from bot.forms.requests import wish_answers
from bot.payloads import BadPayload
from bot.views.requests import request_modal
from core.rules.errors import InvalidFields
from core.rules.wishes import MustShare, Wish, checked
from tests.bot.views.samples import ONE, WISH
from tests.support.block_limits import sent


def test_an_edited_form_sent_unchanged_is_the_same_wish() -> None:
    assert wish_answers(sent(request_modal(WISH, request_id=ONE), {})) == WISH


def test_the_wish_alone_will_do() -> None:
    assert wish_answers(sent(request_modal(None), {"What do you want from a mentor?": "A plan."})) == Wish("A plan.")


def test_hard_rules_are_read() -> None:
    told = wish_answers(sent(request_modal(None), {"Must share": ["industry", "time zone"]}))

    assert told.must_share == (MustShare.INDUSTRY, MustShare.TIME_ZONE)


def test_an_empty_wish_is_refused_at_its_field() -> None:
    values = sent(request_modal(None), {})
    with pytest.raises(InvalidFields) as refused:
        checked(wish_answers(values))

    assert list(field_errors(refused.value.problems, values)) == ["request:wish"]


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(BadPayload):
        wish_answers(sent(request_modal(None), {"Must share": ["star sign"]}))
