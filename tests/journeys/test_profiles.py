"""People tell of themselves, and see what they told."""

import pytest

from tests.support.people import mark
from tests.support.service import Service
from tests.support.story import MENTOR, STUDENT, mentors, student, tell

pytestmark = pytest.mark.journey


def test_a_profile_comes_back_as_it_was_told(service: Service) -> None:
    mia = student(service)
    mia.command("/mentor", "profile")
    form = mia.wait_modal("Your profile")
    assert STUDENT["Headline"] in form.text_all() or STUDENT["Headline"] in str(form.raw)
    assert "Kubernetes" not in str(form.raw)
    assert form.fill({"Headline": "Something new"}).submit() == {}
    mia.command("/mentor", "profile")
    assert "Something new" in str(mia.wait_modal("Your profile").raw)


def test_one_person_may_be_student_and_mentor(service: Service) -> None:
    kim = tell(student(service, "Kim Alder"), MENTOR)
    kim.open_home()
    service.sandbox.wait(lambda: "0 of 2" in kim.home.text_all(), "the mentor's part of the Home tab")
    kim.command("/mentor", "profile")
    form = kim.wait_modal("Your profile")
    form.select("Role", "Mentor")
    form.select("Mentees at a time", "3")
    assert form.submit() == {}


def test_errors_stand_at_their_field_and_nothing_is_lost(service: Service) -> None:
    (kim,) = mentors(service, "Kim Alder")
    kim.command("/mentor", "profile")
    form = kim.wait_modal("Your profile").fill({"Headline": " \u200b ".replace("\u200b", "\t")})
    errors = form.submit()
    assert set(errors) == {"Headline"}
    assert form.is_open
    assert form.fill({"Headline": "Back again"}).submit() == {}


def test_staff_alone_see_the_figures(service: Service) -> None:
    mia, ada = student(service), service.person("Ada Admin", email="ada@example.org", is_owner=True)
    begun = mark()
    mia.command("/mentor-admin", "stats")
    mia.wait_for("staff alone", since=begun)
    ada.command("/mentor-admin", "stats")
    assert "1" in ada.wait_for(since=begun).text_all()


def test_unknown_words_get_the_help(service: Service) -> None:
    mia = service.person("Mia Tan")
    mia.command("/mentor", "dance")
    mia.wait_for("/mentor dance")
    mia.command("/mentor")
    mia.wait_for("mentor")


def test_words_of_others_never_ping_anybody(service: Service) -> None:
    kim = tell(
        service.person("Kim Alder", email="kim@example.org"),
        MENTOR | {"Headline": "<!channel> & <https://x|y>", "What I can help with": "<@U123> javascript:alert(1)"},
    )
    kim.command("/mentor", "profile")
    assert "<!channel>" in str(kim.wait_modal("Your profile").raw)
