"""From the form with which a mentor declines to what is kept."""

from datetime import timedelta

import pytest

from bot.forms.offers import DeclineAnswers, decline_answers
from bot.payloads import BadPayload
from bot.views.offers import decline_modal
from core.rules.offers import DeclineReason
from tests.bot.views.samples import ONE
from tests.support.block_limits import sent

VIEW = decline_modal(ONE, "Mia Tan")


def test_a_reason_alone_will_do() -> None:
    assert decline_answers(sent(VIEW, {"Reason": "No time now"})) == DeclineAnswers(DeclineReason.NO_TIME, None, "")


@pytest.mark.parametrize(("pause", "days"), [("2 weeks", 14), ("1 month", 30), ("3 months", 91)])
def test_a_pause_has_a_length(pause: str, days: int) -> None:
    answers = decline_answers(sent(VIEW, {"Reason": "Other", "Pause new students": pause, "Note": "Exams."}))

    assert answers.pause == timedelta(days=days)
    assert answers.note == "Exams."


def test_a_cleared_pause_is_none() -> None:
    values = sent(VIEW, {"Reason": "Other"})
    values["decline:pause"]["decline:pause"]["selected_option"] = None

    assert decline_answers(values).pause is None


@pytest.mark.parametrize("answers", [{}, {"Reason": "Bored"}, {"Reason": "Other", "Pause new students": "for ever"}])
def test_what_no_form_sends_is_refused(answers: dict[str, str]) -> None:
    with pytest.raises(BadPayload):
        decline_answers(sent(VIEW, answers))
