"""Claimed and answered questions in Slack: the true state, and nothing in public that is between two people."""

from dataclasses import replace

import pytest

from bot.forms.question_answers import rating_answers, summary_answers
from bot.payloads import BadPayload
from bot.views.question_answers import YES, answered_message, answered_modal, rated_message, rating_modal
from bot.views.question_claims import (
    claim_buttons,
    claimed_message,
    question_card,
    reminder_message,
    reopened_message,
    yours_message,
)
from core.rules.questions import ClaimEnding, QuestionState, QuestionStep
from tests.bot.views.claim_samples import SUMMARY, claim, question
from tests.bot.views.samples import ONE, TWO
from tests.support.block_limits import button_labels, questions, readable, sent

State = QuestionState


def test_an_open_question_can_be_claimed() -> None:
    card = question_card(question())
    assert (
        card.text
        == "Mia Tan asks: “How do I read an offer letter?” Topics: Job offers and Negotiation. Mentors can claim it."
    )
    assert button_labels(card.blocks) == ["Claim"]
    assert "eleven pages" in readable(card.blocks)
    assert "Topics: Job offers and Negotiation" in readable(card.blocks)


def test_a_claimed_question_says_by_whom_and_has_no_button() -> None:
    card = question_card(question(State.CLAIMED))
    assert "Claimed by Kim Alder on Friday 1 March, 13:00." in card.text
    assert "Claimed by Kim Alder on" in readable(card.blocks)
    assert button_labels(card.blocks) == []


@pytest.mark.parametrize(("mentor", "student"), [(True, None), (True, False), (False, True), (False, None)])
def test_the_channel_reads_the_summary_only_where_both_agree(mentor: bool, student: bool | None) -> None:
    view = question(State.ANSWERED, mentor_consents=mentor, student_consents=student)
    card = question_card(view)
    assert "Answered by Kim Alder on" in readable(card.blocks)
    assert SUMMARY not in readable(card.blocks) + card.text
    both = question_card(replace(view, mentor_consents=True, student_consents=True))
    assert SUMMARY in readable(both.blocks)


def test_the_channel_reads_no_rating_no_thanks_and_pings_nobody() -> None:
    view = question(State.ANSWERED, rating=2, thanks="Never again.", student_consents=True)
    shown = readable(question_card(view).blocks) + question_card(view).text
    assert "Never again" not in shown
    assert "2 of 5" not in shown
    assert "<@" not in shown


def test_of_a_closed_question_nothing_is_left_to_read() -> None:
    card = question_card(question(State.CLOSED))
    assert card.text == readable(card.blocks).strip() == "This question is closed. It needs no answer any more."


def test_both_read_in_their_conversation_whose_question_it_is() -> None:
    message = claimed_message(claim())
    assert message.text == "Kim Alder took on Mia Tan's question: “How do I read an offer letter?”"
    assert "<@U0KIM> took on a question of <@U0MIA>." in readable(message.blocks)
    assert "kim@example.org" not in readable(message.blocks)
    assert button_labels(message.blocks) == []


def test_without_a_conversation_the_student_reads_where_to_write() -> None:
    message = claimed_message(claim(slack=False), ONE)
    assert "Kim Alder is not in Slack. Please write to kim@example.org." in message.text
    assert "This conversation" not in readable(message.blocks)
    unreached = replace(claim(slack=False), mentor=replace(claim().mentor, slack_user_id=None, email=None))
    assert "Kim Alder is not in Slack, and writes to you first." in claimed_message(unreached, ONE).text


def test_where_slack_lets_no_conversation_be_opened_each_reads_whom_to_write_to() -> None:
    assert "Please write to <@U0MIA>" in readable(claimed_message(claim(), TWO).blocks)
    assert "Please write to <@U0KIM>" in readable(claimed_message(claim(), ONE).blocks)


def test_more_time_is_offered_once_the_mentor_was_reminded() -> None:
    labels = [button["text"]["text"] for button in claim_buttons(question(State.CLAIMED))]
    assert labels == ["Mark answered", "Release"]
    reminded = question(State.CLAIMED, next_step=QuestionStep.REOPEN)
    assert len(claim_buttons(reminded)) == 3
    assert button_labels(reminder_message(claim(reminded=True)).blocks) == [
        "Mark answered",
        "Release",
        "I need more time",
    ]


def test_the_reminder_says_what_happens_if_they_say_nothing() -> None:
    message = reminder_message(claim(reminded=True))
    assert message.text.startswith("Is Mia Tan's question answered?")
    assert "If we hear nothing from you, it is open to all mentors again on Monday 4 March, 07:00." in message.text


@pytest.mark.parametrize("ending", list(ClaimEnding))
def test_when_the_turn_is_over_its_cards_say_so_and_have_no_buttons(ending: ClaimEnding) -> None:
    for message in (yours_message(claim(ending)), reminder_message(claim(ending)), claimed_message(claim(ending))):
        assert button_labels(message.blocks) == []
    assert "Mia Tan" in yours_message(claim(ending)).text


def test_the_student_is_never_told_why_it_is_open_again() -> None:
    told = {reopened_message(claim(ending)).text for ending in (ClaimEnding.RELEASED, ClaimEnding.SILENT)}
    assert len(told) == 1


def test_the_mentors_form_asks_for_a_summary_and_for_consent() -> None:
    view = answered_modal(question(State.CLAIMED))
    assert list(questions(view)) == ["Summary of the answer", "May others see this later?"]
    assert summary_answers(sent(view, {"Summary of the answer": "Look at page two."})) == ("Look at page two.", False)
    both = {"Summary of the answer": "Look at page two.", "May others see this later?": YES}
    assert summary_answers(sent(view, both)) == ("Look at page two.", True)


def test_the_students_form_asks_for_a_rating_and_thanks() -> None:
    view = rating_modal(question(State.ANSWERED))
    assert list(questions(view)) == ["Rating", "Thanks"]
    assert rating_answers(sent(view, {"Rating": "4", "Thanks": "Thank you."})) == (4, "Thank you.")
    with pytest.raises(BadPayload):
        rating_answers({})


def test_an_answered_question_is_rated_and_shared_by_its_student() -> None:
    view = question(State.ANSWERED)
    message = answered_message(view)
    assert button_labels(message.blocks) == ["Rate answer", "Yes, share it", "Keep it between us"]
    assert SUMMARY in readable(message.blocks)
    rated = replace(view, rating=4)
    assert "You gave it 4 of 5" in answered_message(rated).text
    assert button_labels(answered_message(replace(rated, student_consents=True)).blocks) == ["Keep it between us"]
    assert button_labels(answered_message(replace(rated, student_consents=False)).blocks) == ["Yes, share it"]
    assert button_labels(answered_message(replace(rated, mentor_consents=False)).blocks) == []


def test_the_mentor_reads_the_rating_and_the_thanks() -> None:
    message = rated_message(question(State.ANSWERED, rating=5, thanks="Just what I needed."))
    assert message.text == "Mia Tan gave your answer 5 of 5. “Just what I needed.”"
