"""The request form, and where a request stands."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.views.requests import no_request_message, request_modal, status_message
from core.rules.requests import OPEN, RequestState
from core.rules.waiting import UsualWait
from tests.bot.views.samples import ONE, WISH, exchange, status
from tests.support.block_limits import button_labels, questions, readable


def test_one_answer_is_enough_to_ask() -> None:
    asked = questions(request_modal(None))

    assert list(asked) == ["What do you want from a mentor?", "Must share", "Anything else"]
    assert [label for label, block in asked.items() if not block["optional"]] == ["What do you want from a mentor?"]


def test_an_edited_request_is_filled_in_and_known() -> None:
    view = request_modal(WISH, request_id=ONE)

    assert view["title"]["text"] == "Edit your request"
    assert view["private_metadata"] == str(ONE)
    chosen = questions(view)["Must share"]["element"]["initial_options"]
    assert [option["text"]["text"] for option in chosen] == ["A language", "A time zone within 3 hours"]


@pytest.mark.parametrize("state", RequestState)
def test_buttons_are_there_exactly_while_the_request_is_open(state: RequestState) -> None:
    labels = button_labels(status_message(status(state)).blocks)

    assert labels == (["Edit request", "Cancel request"] if state in OPEN else [])


@pytest.mark.parametrize("state", sorted(OPEN))
def test_an_open_request_always_says_when_something_happens(state: RequestState) -> None:
    """The text in the student's own time zone, the blocks in a form that Slack puts on the reader's clock."""
    at = status(state)
    message = status_message(at)

    assert at.next_step_at is not None
    assert f"{at.next_step_at.astimezone():%B}" in message.text
    assert f"<!date^{at.next_step_at.timestamp():.0f}^" in readable(message.blocks)


def test_the_asked_mentors_deadline_is_told_in_the_students_time() -> None:
    assert "They have until Monday 4 March, 13:00 to answer" in status_message(status(RequestState.OFFERED)).text


def test_after_the_last_wave_staff_come_next() -> None:
    first, last = (status_message(status(RequestState.OFFERED, wave=wave)).text for wave in (1, 3))

    assert "the next ones are asked" in first
    assert "a person on our staff takes over" in last


def test_numbers_of_mentors_read_well() -> None:
    offered = status(RequestState.OFFERED)

    assert "Three mentors who fit you have been asked." in status_message(offered).text
    assert "One mentor who fits you has been asked. One cannot this time." in (
        status_message(replace(offered, asked=1, cannot=1)).text
    )


def test_a_matched_student_reads_the_mentors_name() -> None:
    assert status_message(status(RequestState.MATCHED)).text.startswith("Kim Alder is your mentor.")


def test_who_never_asked_gets_a_button_to_ask() -> None:
    assert button_labels(no_request_message().blocks) == ["Ask for a mentor"]


def test_a_question_that_waits_can_be_answered_from_the_status_and_names_nobody() -> None:
    asked = replace(status(RequestState.OFFERED), questions=(exchange(answer="Yes."), exchange("And since when?")))
    message = status_message(asked)

    assert message.text.endswith("One question of a mentor waits for your answer.")
    assert "A mentor asks\n\nAnd since when?" in readable(message.blocks)
    assert "You answered\n\nYes." in readable(message.blocks)
    assert button_labels(message.blocks) == ["Answer", "Edit request", "Cancel request"]


@pytest.mark.parametrize(
    ("least", "most", "told"),
    [
        (timedelta(minutes=20), timedelta(hours=5), "between less than an hour and 5 hours"),
        (timedelta(hours=1), timedelta(days=3), "between an hour and 3 days"),
        (timedelta(hours=4.8), timedelta(hours=5.2), "about 5 hours"),
    ],
)
def test_the_usual_wait_is_told_as_a_range(least: timedelta, most: timedelta, told: str) -> None:
    waits = replace(status(RequestState.WAITING), usual_wait=UsualWait(least, most))

    assert f"For half of those who found a mentor here it took {told}." in status_message(waits).text
    assert told in readable(status_message(waits).blocks)


def test_without_history_nothing_is_said_of_the_wait() -> None:
    assert "it took" not in status_message(status(RequestState.WAITING)).text
