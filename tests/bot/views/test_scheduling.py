"""What people read on the way to a meeting, and after it."""

from dataclasses import replace

import pytest

from bot.blocks import Message
from bot.views.action_items import item_blocks
from bot.views.meetings import coming_blocks, meeting_message, over_message
from bot.views.scheduling import planned_message, proposed_message
from core.rules.meetings import MeetingState
from core.services.listing import First
from tests.bot.views.meeting_samples import coming, held, item, plan
from tests.bot.views.samples import ONE, TWO
from tests.support.block_limits import readable
from tests.support.fields import buttons

State = MeetingState


def labels(message: Message) -> list[str]:
    return buttons(message.blocks)


def test_the_partner_picks_by_times_on_their_own_clock() -> None:
    message = proposed_message(plan(State.PROPOSED))  # the mentor in New York proposed; the student reads
    assert labels(message) == ["Tue 5 Mar, 14:00", "Wed 6 Mar, 14:00", "Thu 7 Mar, 14:00", "None of these"]
    other = proposed_message(replace(plan(State.PROPOSED), proposer_id=ONE))
    assert labels(other)[0] == "Tue 5 Mar, 08:00"
    assert "New York time" in readable(other.blocks)


@pytest.mark.parametrize("state", [State.PLANNED, State.CANCELLED])
def test_once_it_is_settled_nothing_can_be_picked(state: MeetingState) -> None:
    assert "None of these" not in labels(proposed_message(plan(state)))


def test_the_card_of_both_names_both_clocks() -> None:
    message = planned_message(plan())
    assert "Tuesday 5 March, 14:00 (Amsterdam time) or 08:00 (New York time)" in message.text
    assert labels(message) == ["Cancel meeting"]
    assert labels(planned_message(plan(State.HELD))) == []
    assert labels(planned_message(plan(State.CANCELLED))) == ["Schedule a meeting"]


def test_the_first_answer_closes_both_cards() -> None:
    assert labels(over_message(plan(), None, ONE)) == ["We met", "We didn't"]
    held_plan = plan(State.HELD)
    assert labels(over_message(held_plan, held(), TWO)) == ["Add notes"]
    assert labels(over_message(held_plan, held(), ONE)) == ["Confirm", "Correct"]
    assert "We didn't" not in labels(over_message(plan(State.MISSED), None, ONE))


def test_a_disagreement_is_shown_with_both_versions() -> None:
    message = meeting_message(held(disputed=True))
    assert "Kim Alder: 1 March, 45 minutes, video. Mia Tan: 1 March, 60 minutes, video." in message.text
    assert labels(message) == ["Confirm", "Correct"]
    assert "Mia Tan, is this right?" in readable(meeting_message(held()).blocks)
    assert labels(meeting_message(held(settled=True))) == []


def test_the_home_tab_has_what_can_be_answered() -> None:
    proposed, mine, planned, begun, over, told = (buttons(coming_blocks(First((one,)), "UTC")) for one in coming())
    assert proposed[-1] == "None of these"
    assert mine == ["Take back"]
    assert planned == ["Cancel meeting"]
    assert begun == []
    assert over == ["We met", "We didn't"]
    assert told == ["Confirm", "Correct"]
    assert buttons(item_blocks(First((item(),)), ONE)) == ["Done", "Change"]


def test_a_long_list_says_that_there_is_more() -> None:
    assert "And two more, once these are done." in readable(item_blocks(First((item(),) * 10, 2), ONE))
