"""The forms about a match: what was told is read whole, and what no form of ours sends is refused."""

from typing import Any
from uuid import UUID

import pytest

from bot.forms.feedback import chosen_match, help_answers, rating_answers
from bot.ids import Field
from bot.payloads import BadPayload
from core.rules.checkins import Rating

ONE = UUID(int=1)


def sent(field: Field, **element: object) -> dict[str, Any]:
    return {field.block_id(): {field.value: element}}


def picked(value: str) -> dict[str, str]:
    return {"value": value}


def test_a_rating_alone_is_private() -> None:
    values = sent(Field.FEEDBACK_RATING, selected_option=picked("4"))
    assert rating_answers(values) == Rating(4)


def test_a_rating_with_words_is_shared_only_where_the_box_is_ticked() -> None:
    values = sent(Field.FEEDBACK_RATING, selected_option=picked("2")) | sent(Field.FEEDBACK_COMMENT, value="Rarely.")
    assert rating_answers(values | sent(Field.FEEDBACK_SHARED, selected_options=[])) == Rating(2, "Rarely.")
    ticked = sent(Field.FEEDBACK_SHARED, selected_options=[picked("shared")])
    assert rating_answers(values | ticked) == Rating(2, "Rarely.", shared=True)


@pytest.mark.parametrize("rating", ["", "0", "6", "5.5", "five"])
def test_another_number_comes_from_no_form_of_ours(rating: str) -> None:
    with pytest.raises(BadPayload):
        rating_answers(sent(Field.FEEDBACK_RATING, selected_option=picked(rating)))


def test_which_match_it_is_about() -> None:
    assert chosen_match(sent(Field.FEEDBACK_WITH, selected_option=picked(str(ONE)))) == ONE
    with pytest.raises(BadPayload):
        chosen_match(sent(Field.FEEDBACK_WITH, selected_option=picked("Kim")))


def test_help_keeps_apart_only_who_asks_for_it() -> None:
    words = sent(Field.HELP_WHAT, value="At night.")
    assert not help_answers(words).apart
    ticked = sent(Field.HELP_BLOCK, selected_options=[picked("apart")])
    assert help_answers(words | ticked).what == "At night."
    assert help_answers(words | ticked).apart
