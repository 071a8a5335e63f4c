"""From the form of message settings to what is kept."""

from datetime import time

import pytest

from bot.forms.preferences import preference_answers
from bot.payloads import BadPayload
from bot.views.preferences import preferences_modal
from core.rules.attention import QuietHours
from core.services.preferences import Preferences
from tests.support.block_limits import sent

USUAL = Preferences(QuietHours(), optional=True)


@pytest.mark.parametrize("now", [USUAL, Preferences(QuietHours(time(0), time(0)), optional=False)])
def test_a_form_sent_unchanged_changes_nothing(now: Preferences) -> None:
    assert preference_answers(sent(preferences_modal(now, "Europe/Amsterdam"), {})) == now


def test_a_mentor_says_whether_others_see_them_on_the_leaderboard() -> None:
    shown, aside = (Preferences(QuietHours(), True, on_leaderboard) for on_leaderboard in (True, False))
    assert preference_answers(sent(preferences_modal(shown, "UTC"), {})) == shown
    assert preference_answers(sent(preferences_modal(aside, "UTC"), {})) == aside


def test_hours_and_refusals_are_read() -> None:
    values = sent(
        preferences_modal(USUAL, "UTC"), {"Quiet from": "23:00", "Quiet until": "10:00", "Optional messages": []}
    )
    assert preference_answers(values) == Preferences(QuietHours(time(23), time(10)), optional=False)


def test_an_hour_that_no_clock_shows_is_refused() -> None:
    with pytest.raises(BadPayload):
        preference_answers(sent(preferences_modal(USUAL, "UTC"), {"Quiet from": "25:00"}))
