"""A mentorship that goes quiet: staff are told once, with causes and a step; the pair reads nothing of it."""

import pytest

from tests.support.people import Person
from tests.support.service import Service
from tests.support.story import ask, mentors, offer, student

pytestmark = pytest.mark.journey


def told(staff: Person) -> list[str]:
    return [one.text for one in staff.inbox() if "may be at risk" in one.text]


def test_staff_hear_once_that_a_pair_has_gone_quiet_and_find_it_in_their_list(service: Service) -> None:
    ada = service.person("Ada Admin", email="ada@example.org", is_owner=True)
    mia, (kim,) = student(service), mentors(service, "Kim Alder")
    ask(mia)
    offer(kim).press("Accept")
    mia.wait_for(button="Schedule a meeting")
    ada.command("/mentor-admin", "at-risk")
    ada.wait_for("No mentorship is at risk")

    service.pass_time(days=5)
    assert told(ada) == []
    for _ in range(4):
        service.pass_time(days=30)
    (message,) = told(ada)
    assert "The mentorship of Mia Tan and Kim Alder may be at risk." in message
    assert "Nothing has been heard of a first meeting in" in message
    assert "What you could do: Write to both" in message

    ada.command("/mentor-admin", "at-risk")
    assert "Write to both" in ada.wait_for("One mentorship at risk").text_all()
    for one in (mia, kim):
        assert told(one) == []
        one.command("/mentor-admin", "at-risk")
        one.wait_for("for the programme's staff alone")
