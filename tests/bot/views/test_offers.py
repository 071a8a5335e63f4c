"""The offer, and the form with which it is declined."""

from dataclasses import replace

import pytest

from bot.views.offers import decline_modal, offer_message, reminder_message
from core.rules.offers import OfferState
from core.rules.scores import Criterion, CriterionScore
from tests.bot.views.samples import ONE, criteria, exchange, offer
from tests.support.block_limits import button_labels, parts, questions, readable


def test_an_open_offer_says_who_why_and_until_when() -> None:
    message = offer_message(offer(text="A plan for two years."))
    shown = readable(message.blocks)

    assert message.text == (
        "Mia Tan, “Biology student who codes”, is looking for a mentor. 76 of 100, a strong fit for you. "
        "Please answer by Monday 4 March, 07:00."
    )
    assert "A plan for two years." in shown
    assert "I want to work on data in drug discovery." in shown
    assert button_labels(message.blocks) == ["Accept", "Decline", "Ask a question", "View profile"]
    assert {part["value"] for part in parts(message.blocks) if part.get("type") == "button"} == {str(ONE)}


def test_reasons_are_what_both_wrote_the_weightiest_first() -> None:
    goals, *others = criteria("data", "pharma data")
    told = readable(offer_message(replace(offer(), criteria=(*others, goals))).blocks)

    first = "• Career goals (24 of 30): Mia Tan wrote “data”, you wrote “pharma data”"
    assert f"*76 of 100, a strong fit*\n{first}\n• Industry" in told


def test_time_zones_and_picked_words_are_not_quoted() -> None:
    places = CriterionScore(Criterion.LOCATION, 5.0, 0.5, 2.5, "Europe/Amsterdam", "America/New_York")
    ways = CriterionScore(Criterion.COMMUNICATION, 5.0, 1.0, 5.0, "English, video", "English, video")
    told = readable(offer_message(replace(offer(), criteria=(places, ways))).blocks)

    assert "• Communication (5 of 5): both English, video\n" in told
    assert "• Location (2 of 5): Amsterdam time and New York time" in told


def test_what_only_one_side_wrote_is_no_reason() -> None:
    goals, expertise, research, skills, *_ = criteria()
    silent: tuple[CriterionScore, ...] = (
        replace(goals, mentor_phrase=""),
        replace(expertise, student_phrase=""),
        replace(research, points=0.0),
    )
    told = readable(offer_message(replace(offer(), criteria=(*silent, skills))).blocks)

    assert "Technical skills" in told
    assert not [name for name in ("• Career goals", "• Industry", "• Research") if name in told]


def test_shared_words_are_said_once() -> None:
    told = readable(offer_message(replace(offer(), criteria=criteria("Python", "python"))).blocks)

    assert "• Technical skills (12 of 15): both “Python”" in told


@pytest.mark.parametrize("state", [state for state in OfferState if state is not OfferState.OPEN])
def test_a_closed_offer_is_one_kind_line_without_buttons_or_details(state: OfferState) -> None:
    message = offer_message(offer(state, text="A plan for two years."))

    assert len(message.blocks) == 1
    assert readable(message.blocks) == message.text
    assert "Mia Tan" in message.text
    assert "plan" not in message.text


def test_who_was_not_first_is_thanked() -> None:
    assert offer_message(offer(OfferState.TAKEN)).text == ("Mia Tan has found a mentor. Thank you for being willing.")


def test_declining_asks_for_a_reason_and_offers_a_pause() -> None:
    view = decline_modal(ONE, "Mia Tan")
    asked = questions(view)

    assert view["title"]["text"] == "Decline this student"
    assert view["private_metadata"] == str(ONE)
    assert _options(asked["Reason"]) == ["No time now", "Not my field", "Know this person", "Other"]
    assert _options(asked["Pause new students"]) == ["No", "2 weeks", "1 month", "3 months"]
    assert asked["Pause new students"]["element"]["initial_option"]["value"] == "No"
    assert [label for label, block in asked.items() if not block["optional"]] == ["Reason"]


def test_an_unanswered_question_is_shown_with_how_long_the_deadline_waits_and_no_second_is_offered() -> None:
    blocks = offer_message(replace(offer(), questions=(exchange(),))).blocks
    shown = readable(blocks)

    assert "You asked\n\nHave you worked in a laboratory?" in shown
    assert "No answer yet. Your time to decide stands still for it until <!date^" in shown
    assert "Ask a question" not in button_labels(blocks)


def test_an_answer_stands_below_its_question_and_one_more_may_be_asked() -> None:
    one = exchange(answer="For two summers.")
    blocks = offer_message(replace(offer(), questions=(one,))).blocks

    assert "Mia Tan answered\n\nFor two summers." in readable(blocks)
    assert "Ask a question" in button_labels(blocks)
    assert "Ask a question" not in button_labels(offer_message(replace(offer(), questions=(one, one))).blocks)


def test_a_reminder_is_short_and_says_that_a_no_helps() -> None:
    message = reminder_message(offer())

    assert message.text == (
        "Mia Tan still hopes for your answer. Please decide by Monday 4 March, 07:00. "
        "A no helps too: then we ask somebody else."
    )
    assert button_labels(message.blocks) == ["Accept", "Decline", "Ask a question", "View profile"]
    assert reminder_message(offer(OfferState.TAKEN)) == offer_message(offer(OfferState.TAKEN))


def test_a_score_lowered_by_earlier_declines_says_so() -> None:
    goals, expertise, *_ = criteria()
    told = readable(offer_message(replace(offer(), criteria=(goals, replace(expertise, lowered_for="Law")))).blocks)

    assert "(lowered: “Not my field” was said of Law)" in told


def _options(block: dict[str, object]) -> list[str]:
    return [part["text"]["text"] for part in parts(block) if set(part) == {"text", "value"}][:4]
