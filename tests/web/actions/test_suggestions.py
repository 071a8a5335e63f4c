"""A suggested mentorship, taken up or not by mail alone."""

from uuid import UUID

import pytest

from core.links import Purpose
from core.models import MentorshipSuggestion, Request
from core.rules.suggestions import SuggestionState
from core.services.people import Person
from core.services.requests import open_request
from core.uow import SYSTEM, Units
from tests.support import factories as make
from tests.support.pages import Page
from tests.web.actions.conftest import Open, suggested


@pytest.fixture
def student(units: Units) -> Person:
    return make.student(units, "Mia Tan")


@pytest.fixture
def mentor(units: Units) -> Person:
    return make.mentor(units, "Kim Alder")


@pytest.fixture
def suggestion_id(units: Units, student: Person, mentor: Person) -> UUID:
    return suggested(units, student, mentor)


@pytest.fixture
def page(go: Open, student: Person, suggestion_id: UUID) -> Page:
    return go(Purpose.SUGGESTION, student.id, suggestion_id)


def test_the_page_says_who_is_asked_first_and_sending_it_asks_them(
    page: Page, units: Units, student: Person, mentor: Person, suggestion_id: UUID
) -> None:
    assert page.heading == "Kim Alder could be your mentor"
    assert "Kim Alder is asked first, and alone" in page.text
    after = page.press(
        "Send", {"What do you want from a mentor?": "A plan.", "Must share a language with me (optional)": "Yes"}
    )
    assert (after.status, after.heading) == (200, "Thank you")
    assert "You asked for Kim Alder as your mentor." in after.text
    with units.read(SYSTEM) as reading:
        request_id = open_request(reading, student.id)
        request = reading.session.get_one(Request, request_id)
        assert (request.wish, request.must_share, request.wanted_mentor_id) == ("A plan.", ["language"], mentor.id)
        suggestion = reading.session.get_one(MentorshipSuggestion, suggestion_id)
        assert (suggestion.state, suggestion.request_id) == (SuggestionState.TAKEN, request_id)


def test_an_empty_wish_is_asked_for_again(page: Page) -> None:
    after = page.press("Send", {"What do you want from a mentor?": ""})
    assert "Please write a few words here." in after.text


def test_no_thanks_is_told_to_nobody(page: Page, units: Units, suggestion_id: UUID) -> None:
    after = page.press("No thanks")
    assert "You would rather not ask Kim Alder." in after.text
    assert after.buttons == []
    with units.read(SYSTEM) as reading:
        assert reading.session.get_one(MentorshipSuggestion, suggestion_id).state is SuggestionState.DECLINED


def test_with_a_request_open_the_page_says_so(page: Page, units: Units, student: Person) -> None:
    make.request(units, student)
    after = page.press("Send", {"What do you want from a mentor?": "A plan."})
    assert "You have an open request for a mentor already" in after.text


def test_the_mentor_has_no_such_page(go: Open, mentor: Person, suggestion_id: UUID) -> None:
    assert go(Purpose.SUGGESTION, mentor.id, suggestion_id).status == 404
