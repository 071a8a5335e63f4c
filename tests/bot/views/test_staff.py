"""What staff read in Slack."""

import pytest

from bot.views.staff import (
    EXPORTS,
    MOST_REQUESTS,
    admin_help_message,
    departure_message,
    export_message,
    requests_message,
    staff_request_message,
    stats_message,
)
from core.rules.requests import RequestState
from core.services.accounts import Departure
from core.services.question_reports import QuestionStats
from core.services.reports import OpenRequest, Stats
from tests.bot.views.samples import NOON, ONE, live, person, status
from tests.support.block_limits import readable
from web.admin.site import LISTS


def test_a_request_that_needs_a_person_says_who_wants_what_and_by_when() -> None:
    message = staff_request_message(status(RequestState.STAFF, wave=3), person())
    shown = readable(message.blocks)

    assert message.text == (
        "Mia Tan needs your help to find a mentor. After three waves of offers nobody said yes. "
        "The student knows that you look at it by Saturday 2 March, 13:00."
    )
    assert "*Mia Tan needs your help to find a mentor.*" in shown
    assert "A plan for my first two years." in shown
    assert "a language and a time zone within 3 hours" in shown


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (RequestState.MATCHED, "Kim Alder is the mentor"),
        (RequestState.CANCELLED, "it was cancelled"),
        (RequestState.SEARCHING, "we are looking again"),
    ],
)
def test_once_it_moved_on_nothing_is_left_to_do(state: RequestState, words: str) -> None:
    message = staff_request_message(status(state), person())

    assert words in message.text
    assert len(message.blocks) == 1


def test_figures_are_all_in_the_text_too() -> None:
    message = stats_message(Stats(1_200, 200, 40, 12, 3, 1, 96, 30.25), QuestionStats(80, 0.9125, 3.5, 61, 4.46, 4, 7))

    assert "Students: 1,200" in message.text
    assert "Request to match (median): 30.2 hours" in message.text
    assert "*Free places*\n40" in readable(message.blocks)
    assert "Claimed within 24 hours: 91%" in message.text
    assert "*Mean rating*\n4.5 of 5" in readable(message.blocks)


def test_an_unknown_median_is_said_to_be_unknown() -> None:
    nothing = Stats(0, 0, 0, 0, 0, 0, 0, None), QuestionStats(0, None, None, 0, None, 0, 0)
    assert stats_message(*nothing).text.count("not known yet") == 4


def test_staff_commands_are_listed() -> None:
    assert "/mentor-admin stats" in admin_help_message().text


def test_who_left_is_told_with_the_partners_who_need_a_word() -> None:
    left = Departure(
        ONE, "Kim Alder", False, frozenset({"mentor"}), (live("Mia Tan", student=False), live("Lee Birch"))
    )

    assert departure_message(left).text == (
        "Kim Alder has left Slack. "
        "Please speak to their mentee Mia Tan and mentor Lee Birch: nobody has told them yet. "
        "Students offered to them go on to others at once, and a request of their own is cancelled."
    )


def test_who_is_back_is_one_line() -> None:
    back = departure_message(Departure(ONE, "Kim Alder", True, frozenset({"mentor"}), (live(),)))

    assert back.text == readable(back.blocks) == "Kim Alder was away from Slack, and is back."


def test_files_are_offered_by_links_that_go_on_to_them() -> None:
    message = export_message("https://ithaca.example/in?key=_k_-_&to={}".format)
    shown = readable(message.blocks)
    assert "*Matches*: <https://ithaca.example/in?key=_k_-_&amp;to=matches/export/csv|CSV>" in shown
    assert {*EXPORTS} <= {str(page.key) for page in LISTS}


def test_requests_beyond_what_a_message_holds_are_said_to_be_there() -> None:
    waiting = OpenRequest("Mia Tan", RequestState.WAITING, 1, NOON, ())
    full = readable(requests_message([waiting] * MOST_REQUESTS, "UTC").blocks)
    more = readable(requests_message([waiting] * (MOST_REQUESTS + 1), "UTC").blocks)
    assert more == f"{full}\nThere are more: all of them are behind `/mentor-admin dashboard`."
