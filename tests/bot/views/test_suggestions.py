"""A suggested mentorship in Slack, and what the student reads of a request that names a mentor."""

from dataclasses import replace

import pytest

from bot.views.offers import offer_message
from bot.views.requests import status_message
from bot.views.suggestions import suggested_request_modal, suggestion_message
from core.rules.requests import RequestState, Wanted
from core.rules.suggestions import SuggestionState
from core.services.suggestions import SuggestionView
from tests.bot.views import samples
from tests.support.block_limits import button_labels, readable


def test_the_message_names_the_mentor_and_both_ways() -> None:
    shown = suggestion_message(samples.suggestion())
    assert "Kim Alder has answered more than one of your questions well." in shown.text
    assert button_labels(shown.blocks) == ["Ask Kim Alder to be my mentor", "No thanks"]


def test_a_long_name_leaves_the_button_readable() -> None:
    assert button_labels(suggestion_message(samples.suggestion("K" * 60)).blocks)[0] == "Ask them to be my mentor"


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (samples.suggestion(state=SuggestionState.TAKEN), "You asked for Kim Alder as your mentor."),
        (samples.suggestion(state=SuggestionState.DECLINED), "You would rather not ask Kim Alder."),
        (samples.suggestion(matched=True), "Kim Alder is your mentor now"),
    ],
    ids=["taken", "declined", "matched"],
)
def test_once_answered_it_says_so_and_nothing_is_left_to_press(seen: SuggestionView, told: str) -> None:
    shown = suggestion_message(seen)
    assert told in shown.text
    assert button_labels(shown.blocks) == []


def test_the_form_says_who_is_asked_first() -> None:
    view = suggested_request_modal(samples.suggestion())
    assert view["title"]["text"] == "Request a mentor"
    assert "*Kim Alder* is asked first, and alone" in readable(view)


@pytest.mark.parametrize(
    ("state", "wanted", "asked", "told"),
    [
        (RequestState.SEARCHING, Wanted.FIRST, 0, "We are about to ask Kim Alder to be your mentor."),
        (RequestState.OFFERED, Wanted.ASKED, 1, "Kim Alder has been asked to be your mentor."),
        (RequestState.OFFERED, Wanted.ASKED, 3, "Three mentors who fit you have been asked. Kim Alder is one of them."),
        (
            RequestState.OFFERED,
            Wanted.PASSED,
            3,
            "Kim Alder could not be asked this time. Three mentors who fit you have been asked.",
        ),
        (
            RequestState.OFFERED,
            Wanted.COULD_NOT,
            2,
            "Kim Alder cannot take this on at the moment. Two mentors who fit you have been asked.",
        ),
        (
            RequestState.SEARCHING,
            Wanted.COULD_NOT,
            1,
            "Kim Alder cannot take this on at the moment. We are looking for the next mentors who fit you.",
        ),
        (
            RequestState.WAITING,
            Wanted.FIRST,
            0,
            "Kim Alder cannot be asked at the moment. No mentor who fits you is free today",
        ),
        (RequestState.CANCELLED, Wanted.COULD_NOT, 1, "Your request for a mentor is cancelled"),
    ],
)
def test_the_status_tells_how_it_goes_with_the_wanted_mentor(
    state: RequestState, wanted: Wanted, asked: int, told: str
) -> None:
    status = replace(samples.status(state), wanted=wanted, wanted_name="Kim Alder", asked=asked)
    assert told in status_message(status).text


def test_the_mentor_reads_that_the_student_wants_them() -> None:
    shown = offer_message(replace(samples.offer(), asked_by_name=True))
    for told in (shown.text, readable(shown.blocks)):
        assert "You have answered questions of theirs, and they would like you as their mentor." in told
    assert "would like you as their mentor" not in offer_message(samples.offer()).text
