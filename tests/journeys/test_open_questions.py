"""Open questions by label: claimed from the list, referred to mentors who fit, told to staff, and counted."""

from datetime import UTC, datetime, time, timedelta

import pytest

from tests.support.people import Person
from tests.support.service import Service
from tests.support.story import MENTOR, student, tell
from tests.support.surfaces import Modal

pytestmark = pytest.mark.journey
CLUSTER, LAW = "How do I upgrade a cluster without a night shift?", "Which law applies to a start-up of two students?"
PANDAS = "Is pandas enough for my thesis?"


@pytest.fixture
def service(service: Service) -> Service:
    """The service on a morning: nobody is spoken to unasked at night."""
    service.clock.move(datetime.combine(service.clock().date() + timedelta(days=1), time(9), UTC))
    return service


def mentor(service: Service, name: str, *skills: str) -> Person:
    person = service.person(name, email=f"{name.split()[0].lower()}@example.org", tz="Europe/London")
    return tell(person, MENTOR | {"Headline": f"I am {name}", "Technical skills": list(skills)})


def asks(service: Service, student: Person, question: str, topic: str) -> None:
    student.command("/ask")
    form = student.wait_modal("Ask a quick question")
    assert form.fill({"Question": question, "Topics": [topic]}).submit() == {}
    service.jobs.settle()
    form.close()


def listed(mentor: Person) -> Modal:
    mentor.command("/ask", "open")
    return mentor.wait_modal("Open questions")


def shows(service: Service, modal: Modal, words: str, *, gone: str = "") -> None:
    def look() -> bool:
        text = modal.text_all()
        return words in text and (not gone or gone not in text)

    service.sandbox.wait(look, f"the list to say {words!r}", None, modal.text_all)


def test_a_mentor_finds_filters_and_claims_in_the_list(service: Service) -> None:
    mia = student(service)
    asks(service, mia, LAW, "Law")
    asks(service, mia, CLUSTER, "Kubernetes")
    mia.command("/ask", "open")
    mia.wait_for("The list of open questions is for mentors")
    found = listed(mentor(service, "Kim Alder", "Kubernetes"))
    text = found.text_all()
    assert "Two questions wait for a mentor. Those on your topics stand first." in text
    assert text.index(CLUSTER) < text.index(LAW)
    found.select("Topic", "Law")
    shows(service, found, LAW, gone=CLUSTER)
    found.select("Topic", "All topics")
    shows(service, found, CLUSTER)
    found.press("Claim")
    shows(service, found, "You claimed", gone="Those on your topics")
    assert found.text_all().count(CLUSTER) == 1  # what was claimed, and no entry of the list any more
    found.press("Claim")
    shows(service, found, "No question is open to you at the moment")
    found.press("Leaderboard")
    shows(service, found.person.wait_modal("Leaderboard"), "Nobody has answered a question this month yet.")


def test_who_comes_too_late_reads_so_above_a_list_without_it(service: Service) -> None:
    asks(service, student(service), LAW, "Law")
    kim, bo = mentor(service, "Kim Alder", "Python"), mentor(service, "Bo Winter", "Python")
    first, second = listed(kim), listed(bo)
    first.press("Claim")
    shows(service, first, "You claimed")
    second.press("Claim")
    shows(service, second, "Kim Alder claimed this", gone=LAW)


def test_unclaimed_for_six_hours_it_goes_to_who_fits_and_after_twenty_to_staff(service: Service) -> None:
    ada = service.person("Ada Brandt", email="ada@example.org", is_owner=True)
    ada.command("/mentor")
    ada.wait_for()
    mia = student(service)
    knows, also = mentor(service, "Kim Alder", "Kubernetes"), mentor(service, "Bo Winter", "Kubernetes")
    asks(service, mia, CLUSTER, "Kubernetes")
    asks(service, mia, LAW, "Law")
    service.pass_time(hours=5)
    assert not [one for one in knows.inbox() if "Could you answer" in one.text]
    service.pass_time(hours=1, minutes=1)
    card = knows.wait_for("Could you answer a question from Mia Tan?", button="Claim")
    assert "You both name Kubernetes." in card.text_all()
    assert CLUSTER in card.text_all()
    other = also.wait_for("Could you answer a question from Mia Tan?", button="Claim")
    card.press("Browse open questions")
    knows.wait_modal("Open questions").close()
    card.press("Claim").wait_gone("Claim")
    also.wait_for("Kim Alder claimed the question from Mia Tan")
    other.wait_gone("Claim")
    service.pass_time(hours=14)
    told = [one["text"] for one in ada.messages(ada.channel("mentorship-admins"))]
    assert [LAW in text for text in told] == [True]
    assert "Nobody has claimed a question from Mia Tan." in told[0]
    service.pass_time(hours=71)
    assert len(ada.messages(ada.channel("mentorship-admins"))) == 1
    service.pass_time(hours=1, minutes=1)
    assert len(ada.messages(ada.channel("mentorship-admins"))) == 2
    assert len([one for one in knows.inbox() if "Could you answer" in one.text]) == 0


def test_answers_count_on_the_leaderboard_and_in_the_figures_of_staff(service: Service) -> None:
    ada = service.person("Ada Brandt", email="ada@example.org", is_owner=True)
    mia, kim = student(service), mentor(service, "Kim Alder", "Python")
    asks(service, mia, PANDAS, "Python")
    listed(kim).press("Claim")
    kim.wait_for(button="Mark answered").press("Mark answered")
    assert kim.wait_modal("Mark answered").fill({"Summary of the answer": "For a start."}).submit() == {}
    mia.wait_for(button="Rate answer").press("Rate answer")
    assert mia.wait_modal().fill({"Rating": "5"}).submit() == {}
    service.jobs.settle()
    kim.command("/ask", "leaderboard")
    board = kim.wait_modal("Leaderboard").text_all()
    assert board.count("1. *Kim Alder* (you) · one answer") == 2
    mia.command("/ask", "leaderboard")
    assert "1. Kim Alder · one answer" in mia.wait_modal("Leaderboard").text_all()
    ada.command("/mentor-admin", "stats")
    figures = ada.wait_for("Claimed within 24 hours")
    assert "Claimed within 24 hours: 100%" in figures.text
    assert "Mean rating: 5.0 of 5" in figures.text
