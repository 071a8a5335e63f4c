"""Direct asks, the list of open questions and the leaderboard, as people read them."""

from uuid import UUID

import pytest

from bot.ids import Action
from bot.views.leaderboard import leaderboard_modal
from bot.views.open_questions import open_questions_modal
from bot.views.question_referrals import referral_message, unclaimed_message
from core.rules.questions import QuestionState
from tests.bot.views.market_samples import ASKED, board, open_questions, referral, unclaimed
from tests.bot.views.samples import ONE, TWO
from tests.support.block_limits import readable


def test_who_is_asked_directly_reads_the_question_and_what_both_name() -> None:
    message = referral_message(referral(shared=("Kubernetes", "Linux")))
    shown = readable(message.blocks)
    assert "You both name Kubernetes and Linux." in shown
    assert ASKED in shown
    assert "Claim" in shown
    assert message.text.startswith("Could you answer a question from Mia Tan?")
    assert "You both name Kubernetes and Linux." in message.text


def test_who_shares_no_topic_is_told_of_none() -> None:
    assert "You both name" not in referral_message(referral()).text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (QuestionState.CLAIMED, "You claimed the question from Mia Tan"),
        (QuestionState.ANSWERED, "You answered the question from Mia Tan"),
        (QuestionState.CLOSED, "No answer is needed any more"),
    ],
)
def test_once_it_is_over_the_card_says_how_and_has_no_button(state: QuestionState, words: str) -> None:
    message = referral_message(referral(state))
    assert words in message.text
    assert len(message.blocks) == 1


def test_staff_read_who_was_asked_since_when_and_what_they_could_do() -> None:
    shown = readable(unclaimed_message(unclaimed()).blocks)
    assert "Asked directly, because they fit: Kim Alder, Bo Winter and Ann Osei." in shown
    assert "Friday 1 March, 12:00" in shown
    assert "/ask open" in shown
    assert "We found no mentor to ask directly." in unclaimed_message(unclaimed(asked=0)).text
    assert "Kim Alder has claimed it" in unclaimed_message(unclaimed(QuestionState.CLAIMED)).text


def test_each_question_of_the_list_carries_its_id_and_the_place_in_the_list() -> None:
    view = open_questions_modal(open_questions(page=2, pages=3, topic="Kubernetes"))
    claims = [block["accessory"] for block in view["blocks"] if "accessory" in block][1:]
    assert claims[0]["value"] == f"{ONE} 2 Kubernetes"
    assert {button["action_id"] for button in claims} == {Action.OPEN_CLAIM}
    last = view["blocks"][-1]["elements"]
    assert [button["text"]["text"] for button in last] == ["Previous", "More questions", "Leaderboard"]
    assert [button.get("value") for button in last] == ["1 Kubernetes", "3 Kubernetes", None]


def test_the_list_says_what_it_counts_and_its_order_where_there_is_one() -> None:
    several, one, about = (
        readable(open_questions_modal(open_questions(number=number, topic=topic)))
        for number, topic in ((3, ""), (1, ""), (3, "Kubernetes"))
    )
    assert "Three questions wait for a mentor. Those on your topics stand first." in several
    assert "One question waits for a mentor." in one
    assert "Three questions wait for a mentor, on all topics." in about
    assert "stand first" not in one + about


def test_an_empty_list_says_so() -> None:
    assert "No question is open to you at the moment" in readable(open_questions_modal(open_questions(number=0)))


def test_a_place_is_shared_and_ones_own_line_is_marked_and_told_alone() -> None:
    shown = readable(leaderboard_modal(board(), board(people=60), TWO))
    assert "1. Ann Osei · nine answers\n1. *Kim Alder* (you) · nine answers\n3. Bo Winter" in shown
    assert "Only you read this: five of your answers are rated 4 or 5." in shown


def test_who_stands_far_down_still_reads_their_own_line() -> None:
    shown = readable(leaderboard_modal(board(), board(people=60, aside=True), UUID(int=58)))
    assert "(you)" in shown
    assert "none of your answers is rated 4 or 5. Others do not see your line." in shown
