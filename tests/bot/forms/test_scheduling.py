"""The forms that propose times and change an action item, as Slack sends them."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.forms.action_items import ItemAnswers, item_answers
from bot.forms.scheduling import proposal
from bot.payloads import BadPayload
from bot.views.action_items import item_modal
from bot.views.scheduling import schedule_modal
from core.rules.action_items import BOTH
from core.services.scheduling import Proposal
from tests.bot.views.meeting_samples import item
from tests.bot.views.samples import NOON, ONE, TWO, live
from tests.support.block_limits import sent

VIEW = schedule_modal([live()], None)
TIMES = tuple(NOON + timedelta(days=day) for day in (1, 2, 3))
LABELS = ("First time", "Second time", "Third time")
TOLD = {label: int(time.timestamp()) for label, time in zip(LABELS, TIMES, strict=True)} | {
    "Minutes": "45",
    "Kind": "Video",
}


def test_times_come_as_moments_whatever_the_clock_of_the_person() -> None:
    assert proposal(sent(VIEW, TOLD | {"Agenda": "A plan"})) == Proposal(ONE, TIMES, 45, "Video", "A plan")


@pytest.mark.parametrize("picked", ["soon", -1, 10**12, 1.5, None])
def test_what_no_form_of_ours_sends_is_refused(picked: Any) -> None:
    with pytest.raises(BadPayload):
        proposal(sent(VIEW, TOLD | {"First time": picked}))


def test_an_item_is_for_one_of_the_two_or_both() -> None:
    view = item_modal(item())
    assert item_answers(sent(view, {})) == ItemAnswers("Read chapter 3", ONE, date(2030, 3, 4))
    changed = sent(view, {"What": "Write", "Who": str(TWO), "Due": None})
    assert item_answers(changed) == ItemAnswers("Write", TWO, None)
    assert item_answers(sent(view, {"Who": BOTH})).owner_id is None
    with pytest.raises(BadPayload):
        item_answers(sent(view, {"Who": "somebody"}))
