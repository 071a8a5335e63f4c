"""A question before deciding, as both sides read it."""

import pytest

from bot.forms.offer_questions import answer_text, question_text
from bot.views.offer_questions import answer_message, answer_modal, ask_modal, question_message
from core.rules.offers import OfferState
from tests.bot.views.samples import ONE, TWO, asked, exchange, offer
from tests.support.block_limits import button_labels, questions, readable, sent


def test_the_mentors_form_asks_one_thing_and_says_that_no_name_is_told() -> None:
    view = ask_modal(ONE, "Mia Tan")

    assert view["title"]["text"] == "Ask before you decide"
    assert list(questions(view)) == ["Your question"]
    assert "without your name" in readable(view)
    assert view["private_metadata"] == str(ONE)
    assert question_text(sent(view, {"Your question": "Since when?"})) == "Since when?"


def test_the_students_form_shows_the_question() -> None:
    view = answer_modal(exchange())

    assert "Have you worked in a laboratory?" in readable(view)
    assert view["private_metadata"] == str(TWO)
    assert answer_text(sent(view, {"Your answer": "For two summers."})) == "For two summers."


def test_the_student_reads_what_is_asked_until_when_and_by_whom_not() -> None:
    message = question_message(asked())

    assert message.text == (
        "A mentor has a question for you before they decide. “Have you worked in a laboratory?” "
        "Best answered by Saturday 2 March, 13:00. We pass your answer on. You learn their name if they say yes."
    )
    assert button_labels(message.blocks) == ["Answer"]


def test_an_answered_question_shows_both_and_has_no_button() -> None:
    message = question_message(asked(answer="For two summers."))

    assert "You answered\n\nFor two summers." in readable(message.blocks)
    assert button_labels(message.blocks) == []


@pytest.mark.parametrize("state", [state for state in OfferState if state is not OfferState.OPEN])
def test_a_question_about_an_offer_that_is_over_needs_no_answer(state: OfferState) -> None:
    message = question_message(asked(state=state))

    assert message.text == "A mentor had a question for you, and does not need an answer any more."
    assert button_labels(message.blocks) == []


def test_the_mentor_reads_the_answer_with_all_that_can_be_done_now() -> None:
    message = answer_message(asked(answer="For two summers."), offer())

    assert message.text.startswith("Mia Tan answered your question. “For two summers.” Please decide by")
    assert button_labels(message.blocks) == ["Accept", "Decline", "Ask a question", "View profile"]


def test_once_the_offer_is_over_the_answer_is_no_longer_the_mentors_to_see() -> None:
    message = answer_message(asked(answer="For two summers."), offer(OfferState.WITHDRAWN))

    assert "summers" not in message.text + readable(message.blocks)
