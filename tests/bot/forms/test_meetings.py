"""From the log form to a meeting that was held."""

from datetime import date

import pytest

from bot.forms.meetings import meeting_answers
from bot.payloads import BadPayload
from bot.views.meetings import log_modal
from core.services.meetings import HeldMeeting
from tests.bot.views.samples import NOON, ONE, live
from tests.support.block_limits import sent

VIEW = log_modal([live()], None, NOON.date())


def test_a_meeting_is_read_with_its_action_items_by_line() -> None:
    told = sent(VIEW, {"Date": "2030-02-27", "Minutes": "45", "Kind": "Video", "Action items": "Read\n\n  Write \n"})

    assert meeting_answers(told) == HeldMeeting(ONE, date(2030, 2, 27), 45, "Video", "", ("Read", "Write"))


@pytest.mark.parametrize(
    "answers",
    [
        {"Date": None},
        {"Date": "2030-02-30"},
        {"Date": "tomorrow"},
        {"Minutes": None},
        {"Minutes": "4.5"},
        {"With": "somebody"},
    ],
)
def test_what_no_form_sends_is_refused(answers: dict[str, str | None]) -> None:
    with pytest.raises(BadPayload):
        meeting_answers(sent(VIEW, {"Kind": "Video"} | answers))
