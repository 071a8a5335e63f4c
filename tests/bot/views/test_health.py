"""What staff read of mentorships at risk."""

from bot.views.health import MOST_LISTED, at_risk_list_message, at_risk_message
from core.rules.health import HealthState
from core.services.health import HealthView
from tests.bot.views.samples import ONE, at_risk
from tests.support.block_limits import readable


def test_causes_and_the_step_are_in_the_text_and_in_the_blocks() -> None:
    message = at_risk_message(at_risk())
    assert message.text == (
        "The mentorship of Mia Tan and Kim Alder may be at risk. The student said “Could be better” 12 days ago. "
        "Nothing has been heard of a meeting for 45 days; they agreed to meet every 14 days. "
        "What you could do: Ask both how it goes, and whether they want to go on, pause or finish."
    )
    shown = readable(message.blocks)
    assert "• The student said “Could be better” 12 days ago." in shown
    assert "At risk since <!date^" in shown
    assert "nobody’s messages are read" in shown


def test_once_it_is_not_at_risk_nothing_is_left_to_do() -> None:
    better = at_risk_message(HealthView(ONE, "Mia Tan", "Kim Alder", HealthState.WATCH, ("Silence.",), "Ask."))
    over = at_risk_message(HealthView(ONE, "Mia Tan", "Kim Alder"))
    assert better.text == readable(better.blocks) == "The mentorship of Mia Tan and Kim Alder is not at risk any more."
    assert over.text == "The mentorship of Mia Tan and Kim Alder is over."


def test_the_list_tells_each_with_causes_step_and_since_when() -> None:
    shown = readable(at_risk_list_message([at_risk()], "Europe/Amsterdam").blocks)
    assert "*Mia Tan and Kim Alder*, since 1 March" in shown
    assert "Ask both how it goes" in shown


def test_a_long_list_says_how_many_it_leaves_out() -> None:
    message = at_risk_list_message([at_risk()] * (MOST_LISTED + 3), "UTC")
    assert message.text.startswith("23 mentorships at risk")
    assert "And three more" in readable(message.blocks)


def test_an_empty_list_says_so() -> None:
    assert at_risk_list_message([], "UTC").text == "No mentorship is at risk at the moment."
