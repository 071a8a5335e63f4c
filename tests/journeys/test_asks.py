"""Asked about a match, by label: a week, two weeks, a month on, and help that the partner never sees."""

from datetime import UTC, datetime, time, timedelta

import pytest

from tests.support.people import Person
from tests.support.service import Service
from tests.support.story import ask, mentors, offer, student
from tests.support.surfaces import Message

pytestmark = pytest.mark.journey
WORDS = "They write to me at night."


@pytest.fixture
def service(service: Service) -> Service:
    """The service on a morning: nobody is asked at night, and stories go on by days."""
    now = service.clock()
    service.clock.move(datetime.combine(now.date() + timedelta(days=1), time(10), UTC))
    return service


def matched(service: Service) -> tuple[Person, Person]:
    """A student and the mentor who said yes."""
    mia, (kim,) = student(service), mentors(service, "Kim Alder")
    ask(mia)
    offer(kim).press("Accept")
    mia.wait_for(button="Schedule a meeting")
    service.jobs.settle()
    return mia, kim


def asks(person: Person, button: str) -> list[Message]:
    return [one for one in person.inbox() if button in one.buttons()]


def test_a_week_two_weeks_and_a_month(service: Service) -> None:
    mia, kim = matched(service)
    service.pass_time(days=7)
    card = mia.wait_for("introduced a week ago", button="We haven't met")
    assert card.buttons() == ["Going well", "Could be better", "We haven't met", "Get help privately"]
    card.press("We haven't met")
    card.wait_gone("Going well")
    assert card.buttons() == ["Schedule a meeting"]
    assert "Thank you" in card.text_all()
    card.press_raw("Going well")
    mia.wait_for("You have answered this one already: “We haven't met”")
    service.sweep()
    assert len(asks(kim, "Going well")) == 1

    service.pass_time(days=7)
    second = mia.wait_for("Two weeks with Kim Alder", button="Could be better")
    second.press("Could be better").wait_gone("Going well")
    assert second.buttons() == ["How is it going?", "Get help privately"]
    second.press("How is it going?")
    form = mia.wait_modal("How is it going?")
    assert form.labels() == ["Rating", "Comment", "Share with my partner"]
    assert form.fill({"Rating": "2", "Comment": "We never find a time."}).submit() == {}
    assert "Staff read it" in mia.wait_modal("Thank you").text_all()
    service.jobs.settle()
    assert asks(kim, "Going well")[0].text.startswith("Two weeks with Mia Tan")
    assert "whenever you like" in kim.wait_for("has had its time").text_all()

    service.pass_time(days=16)
    survey = mia.wait_for("worked together for a month", button="Rate")
    survey.press("Rate")
    form = mia.wait_modal("How is it going?")
    answers = {"Rating": "4", "Comment": "Better by now.", "Share with my partner": True}
    assert form.fill(answers).submit() == {}
    survey.wait_gone("Rate")
    assert "4 of 5" in survey.text_all()
    shared = kim.wait_for("Mia Tan shared with you", button="How is it going?")
    assert "Better by now." in shared.text_all()
    kim_sees = "\n".join(one.text_all() for one in kim.inbox())
    assert "We never find a time." not in kim_sees
    assert "haven't met”" not in kim_sees


def test_three_mentees_make_one_message_with_a_row_for_each(service: Service) -> None:
    (kim,) = mentors(service, "Kim Alder")
    people = [student(service, name) for name in ("Mia Tan", "Noor Bakker")]
    for one in people:
        ask(one)
        service.jobs.settle()
        asks(kim, "Accept")[-1].press("Accept")
        one.wait_for(button="Schedule a meeting")
    service.jobs.settle()
    service.pass_time(days=7)
    (card,) = asks(kim, "Going well")
    assert card.buttons().count("Going well") == 2
    assert card.text.startswith("How is it going with Mia Tan and Noor Bakker?")
    card.press("Going well")
    kim.wait_for("you said “Going well”")
    assert card.buttons().count("Going well") == 1


def test_feedback_whenever_one_likes(service: Service) -> None:
    mia, kim = matched(service)
    kim.command("/mentor", "feedback")
    form = kim.wait_modal("How is it going?")
    assert form.fill({"Rating": "5", "Share with my partner": True}).submit() == {}
    mia.wait_for("Kim Alder shared with you how it is going: 5 of 5")
    loner = student(service, "Lee Chan")
    loner.command("/mentor", "feedback")
    loner.wait_for("You have no running match")


def test_help_reaches_staff_at_once_and_the_partner_never(service: Service) -> None:
    ada = service.person("Ada Admin", email="ada@example.org", is_owner=True)
    mia, kim = matched(service)
    service.pass_time(days=7)
    card = mia.wait_for(button="Get help privately")
    card.press("Get help privately")
    form = mia.wait_modal("Get help privately")
    assert "Kim Alder is not told" in form.text_all()
    assert form.fill({"What happened?": WORDS, "Keep us apart": True}).submit() == {}
    assert "never matched again" in mia.wait_modal("Staff have your message").text_all()
    report = ada.wait_for("asks for help", since="")
    assert WORDS in report.text_all()
    assert "asked never to be matched" in report.text_all()
    before = [one.text_all() for one in kim.inbox()]
    for days in (7, 16, 14):
        service.pass_time(days=days)
    after = [one.text_all() for one in kim.inbox()]
    home = kim.open_home().text_all()
    assert len(after) == len(before)
    assert not [text for text in (*after, home) if WORDS in text or "asks for help" in text]
