"""Unsubscribing, pressed by the person or by their mail program (RFC 8058)."""

from datetime import time

import pytest
from fastapi.testclient import TestClient

from core.links import Links, Purpose
from core.models import User
from core.rules.attention import QuietHours
from core.rules.roles import PersonState
from core.services.people import Person
from core.services.preferences import preferences_of
from core.uow import SYSTEM, Units
from tests.support import factories as make
from tests.web.actions.conftest import LATER, Open

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def muted(units: Units, person: Person) -> bool:
    with units.read(SYSTEM) as reading:
        return not preferences_of(reading, person.id).optional


def url(links: Links, person: Person) -> str:
    return links.url(Purpose.UNSUBSCRIBE, person.id, person.id, LATER)


def test_the_page_asks_first_and_the_button_does_it(units: Units, go: Open) -> None:
    person = make.student(units)
    page = go(Purpose.UNSUBSCRIBE, person.id, person.id)
    assert page.heading == "Fewer mails from Ithaca"
    assert not muted(units, person)
    after = page.press("Unsubscribe")
    assert (after.status, after.heading) == (200, "You are unsubscribed")
    assert muted(units, person)
    back = after.press("Send them again")
    assert (back.status, back.heading) == (200, "Fewer mails from Ithaca")
    assert not muted(units, person)


def test_quiet_hours_are_set_on_the_same_page(units: Units, go: Open) -> None:
    person = make.student(units)
    page = go(Purpose.UNSUBSCRIBE, person.id, person.id)
    after = page.press("Save", {"Quiet from": "22:00", "Quiet until": "10:00"})
    assert "From 22:00 to 10:00 (Amsterdam time)" in after.text
    with units.read(SYSTEM) as reading:
        assert preferences_of(reading, person.id).quiet == QuietHours(time(22), time(10))
    none = after.press("Save", {"Quiet from": "10:00", "Quiet until": "10:00"})
    assert "You have no quiet hours." in none.text


def test_a_mentor_leaves_their_name_out_of_the_leaderboard_on_the_same_page(units: Units, go: Open) -> None:
    mentor, student = make.mentor(units), make.student(units)
    page = go(Purpose.UNSUBSCRIBE, mentor.id, mentor.id)
    after = page.press("Leave my name out")
    assert "Your name is not on the leaderboard that others see." in after.text
    with units.read(SYSTEM) as reading:
        assert preferences_of(reading, mentor.id).on_leaderboard is False
    assert "others can see your name" in after.press("Show my name").text
    assert "Leaderboard" not in go(Purpose.UNSUBSCRIBE, student.id, student.id).text


@pytest.mark.parametrize("multipart", [False, True])
def test_a_mail_program_does_it_in_one_request(units: Units, client: TestClient, links: Links, multipart: bool) -> None:
    person = make.student(units)
    for _ in range(2):
        if multipart:
            answer = client.post(
                url(links, person), files={"List-Unsubscribe": (None, "One-Click")}, follow_redirects=False
            )
        else:
            answer = client.post(url(links, person), data=ONE_CLICK, follow_redirects=False)
        assert answer.status_code == 200
        assert muted(units, person)


def test_it_needs_no_cookie_and_no_origin_of_ours(units: Units, client: TestClient, links: Links) -> None:
    person = make.student(units)
    headers = {"Origin": "https://mail.example.net", "Sec-Fetch-Site": "cross-site"}
    assert client.post(url(links, person), data=ONE_CLICK, headers=headers).status_code == 200
    assert muted(units, person)


def test_other_bodies_do_nothing(units: Units, client: TestClient, links: Links) -> None:
    person = make.student(units)
    for body in ({"List-Unsubscribe": "yes"}, {}, {"deed": "unsubscribe"}):
        assert client.post(url(links, person), data=body).status_code == 403
    assert not muted(units, person)


def test_one_click_does_nothing_else(units: Units, client: TestClient, links: Links) -> None:
    mentor = make.mentor(units)
    answer = client.post(links.url(Purpose.PAUSE, mentor.id, mentor.id, LATER), data=ONE_CLICK)
    assert answer.status_code == 403
    assert not muted(units, mentor)


def test_who_left_can_still_unsubscribe(units: Units, client: TestClient, links: Links) -> None:
    person = make.student(units)
    with units.work(SYSTEM) as work:
        work.session.get_one(User, person.id).state = PersonState.LEFT
    assert client.post(url(links, person), data=ONE_CLICK).status_code == 200
    assert muted(units, person)
