"""A mentor's pause, as they read it."""

from bot.views.mentoring import moved_on_message, pause_over_message, silence_message
from core.services.mentoring import PauseView
from core.services.refused import MovedOn
from tests.bot.views.samples import NOON, ONE
from tests.support.block_limits import button_labels


def test_who_stayed_silent_reads_no_reproach_and_comes_back_with_one_tap() -> None:
    message = silence_message(PauseView(ONE, ONE, NOON, "Europe/Amsterdam"))

    assert message.text == (
        "The last three students we brought to you got no answer, so you may be busy. "
        "We bring you no new ones until 1 March. One tap, and you take students again."
    )
    assert button_labels(message.blocks) == ["Resume"]


def test_once_the_pause_is_over_the_button_is_gone() -> None:
    assert "The last five students" in silence_message(PauseView(ONE, ONE, NOON, "UTC", 5)).text
    assert "no answer" not in silence_message(PauseView(ONE, ONE, NOON, "UTC", 0)).text
    assert button_labels(silence_message(PauseView(ONE, ONE, None, "Europe/Amsterdam")).blocks) == []


def test_who_was_refused_by_slack_reads_who_is_asked_instead_and_comes_back_with_one_tap() -> None:
    message = moved_on_message(MovedOn(ONE, ONE, ("Mia Tan", "Noor <b>"), False, NOON, "Europe/Amsterdam"))
    assert message.text == (
        "Slack did not let us write to you, so others are asked about Mia Tan and Noor &lt;b&gt; now. "
        "We bring you no new students until 1 March. One tap, and you take students again."
    )
    assert button_labels(message.blocks) == ["Resume"]


def test_a_pause_that_ended_says_how_to_have_another() -> None:
    assert "/mentor pause" in pause_over_message().text
