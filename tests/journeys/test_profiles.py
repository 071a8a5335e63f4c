"""People tell of themselves, and see what they told."""

import pytest

from tests.support.people import mark
from tests.support.service import Service
from tests.support.story import MENTOR, STUDENT, ask, mentors, offer, student, tell

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


def test_staff_see_open_requests_with_scores_and_reasons(service: Service) -> None:
    ada = service.person("Ada Admin", email="ada@example.org", is_owner=True)
    mia, _ = student(service), mentors(service, "Kim Alder")
    ask(mia)
    service.jobs.settle()
    ada.command("/mentor-admin", "requests")
    told = ada.wait_for("Mia Tan").text_all()
    assert "Kim Alder" in told
    assert "of 100" in told
    assert "Biotechnology" in told


def test_a_card_is_shown_to_staff_and_to_who_is_matched_and_to_nobody_else(service: Service) -> None:
    ada = service.person("Ada Admin", email="ada@example.org", is_owner=True)
    mia, other, (kim,) = student(service), student(service, "Omar Dogwood"), mentors(service, "Kim Alder")
    for stranger in (other, kim):
        begun = mark()
        stranger.command("/mentor", f"profile <@{mia.id}|mia>")
        stranger.wait_for("belongs to somebody else", since=begun)
    ada.command("/mentor", f"profile <@{mia.id}|mia>")
    assert "Mia Tan" in ada.wait_modal("Student profile").text_all()
    ask(mia)
    offer(kim).press("Accept")
    mia.wait_for(button="Schedule a meeting")
    mia.command("/mentor", f"profile <@{kim.id}|kim>")
    assert "Kim Alder" in mia.wait_modal("Mentor profile").text_all()


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
