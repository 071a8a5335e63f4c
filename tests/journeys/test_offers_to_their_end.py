"""Offers to their end, played in the sandbox by label, days in seconds: no request goes silent."""

from datetime import UTC, datetime, time, timedelta

import pytest

from core.rules.requests import OPEN
from core.services.people import by_slack
from core.services.requests import latest_request
from core.services.standing import RequestStatus, status
from core.uow import SYSTEM
from core.words import day
from tests.support.people import Person, mark
from tests.support.service import Service
from tests.support.story import ask, mentors, offer, student
from tests.support.surfaces import Message

pytestmark = pytest.mark.journey
TEAM = "T0SANDBOX"


@pytest.fixture
def service(service: Service) -> Service:
    """The service on a morning: nobody is spoken to unasked at night, and stories go on by days."""
    now = service.clock()
    service.clock.move(datetime.combine(now.date() + timedelta(days=1), time(10), UTC))
    return service


def standing(service: Service, person: Person) -> RequestStatus:
    """What the database knows of this student's request."""
    with service.units.read(SYSTEM) as reading:
        found = by_slack(reading, person.user["team_id"], person.id)
        assert found is not None
        request_id = latest_request(reading, found.id)
        assert request_id is not None
        return status(reading, request_id)


def names_its_next_step(service: Service, card: Message) -> None:
    """The student's own card, as it is now, says what comes next and when: a moment that lies ahead."""
    service.jobs.settle()
    known = standing(service, card.person)
    assert known.state in OPEN
    assert known.next_step_at is not None
    assert known.next_step_at > service.clock()
    assert day(known.next_step_at, known.tz) in card.text


def asked_now(service: Service, people: list[Person]) -> list[Person]:
    service.jobs.settle()
    return [one for one in people if any("Accept" in message.buttons() for message in one.inbox())]


def test_nobody_answers_twice_and_somebody_says_yes_in_the_third_wave(service: Service) -> None:
    nine = mentors(service, *(f"Mentor{number} Alder" for number in range(9)))
    mia = student(service)
    card = ask(mia)
    seen: set[str] = set()
    for _ in range(2):
        names_its_next_step(service, card)
        three = asked_now(service, nine)
        assert len(three) == 3
        assert not seen & {one.id for one in three}
        seen |= {one.id for one in three}
        service.pass_time(hours=48)
        for one in three:
            assert len(one.inbox()) == 2  # the offer, and one reminder
            assert "still hopes for your answer" in one.inbox()[-1].text
        names_its_next_step(service, card)
        service.pass_time(hours=23)
        assert asked_now(service, nine) == three
        service.pass_time(hours=2)
        for one in three:
            assert all("Accept" not in message.buttons() for message in one.inbox())
            assert len(one.inbox()) == 2
    (first, *_) = asked_now(service, nine)
    names_its_next_step(service, card)
    offer(first).press("Accept")
    mia.wait_for(button="Schedule a meeting")
    service.jobs.settle()
    assert first.name in card.text_all()


def test_nobody_ever_answers_so_staff_have_it_and_the_student_knows(service: Service) -> None:
    ada = service.person("Ada Admin", email="ada@example.org", is_owner=True)
    mentors(service, *(f"Mentor{number} Alder" for number in range(9)))
    mia = student(service)
    card = ask(mia)
    for _ in range(3):
        names_its_next_step(service, card)
        service.pass_time(hours=49)
        names_its_next_step(service, card)
        service.pass_time(hours=24)
    names_its_next_step(service, card)
    assert "A person on our staff has your request now" in card.text_all()
    ada.wait_for("Mia Tan needs your help")
    ada.command("/mentor-admin", "requests")
    assert "needs your help" in ada.wait_for("Open requests").text_all()
    service.pass_time(hours=25)
    names_its_next_step(service, card)
    calls = [one for one in ada.inbox() if "needs your help" in one.text and not one.raw.get("is_ephemeral")]
    assert len(calls) == 2  # once when the last wave was over, once when a day had passed
    card.press("Cancel request").wait_gone("Cancel request")
    service.jobs.settle()
    assert all("it was cancelled" in one.text_all() for one in calls)


def test_a_question_goes_both_ways_without_a_name_and_the_deadline_waits(service: Service) -> None:
    mia, (kim,) = student(service), mentors(service, "Kim Alder")
    status_card, card = ask(mia), offer(kim)
    before = standing(service, mia).next_step_at
    card.press("Ask a question")
    form = kim.wait_modal("Ask before you decide")
    assert form.fill({"Your question": "Have you worked in a laboratory?"}).submit() == {}
    asked = mia.wait_for("Have you worked in a laboratory?", button="Answer", since=status_card.ts)
    service.jobs.settle()
    assert before is not None
    assert standing(service, mia).next_step_at == before + timedelta(hours=24)
    assert "Have you worked in a laboratory?" in card.text_all()
    assert "Ask a question" not in card.buttons()
    assert "Answer" in status_card.buttons()
    assert "Kim" not in asked.text_all() + status_card.text_all()
    asked.press("Answer")
    form = mia.wait_modal("Answer a mentor")
    assert form.fill({"Your answer": "For two summers."}).submit() == {}
    answered = kim.wait_for("For two summers.", button="Accept")
    asked.wait_gone("Answer")
    status_card.wait_gone("Answer")
    service.jobs.settle()
    assert "For two summers." in card.text_all()
    answered.press("Accept")
    mia.wait_for(button="Schedule a meeting")
    for one in (card, answered):
        one.wait_gone("Accept")
    asked.press_raw("Answer")
    mia.wait_for("answered this question already")


def test_three_ignored_offers_pause_a_mentor_and_one_tap_brings_them_back(service: Service) -> None:
    (kim,) = mentors(service, "Kim Alder")
    for number in range(3):
        ask(student(service, f"Student{number} Tan"))
        service.jobs.settle()
        service.pass_time(hours=73)
    paused = kim.wait_for("got no answer", button="Resume")
    late = ask(student(service, "Late Tan"))
    service.jobs.settle()
    assert "waiting list" in late.text_all()
    paused.press("Resume").wait_gone("Resume")
    assert "Late Tan" in offer(kim).text_all()


def test_a_pause_ends_by_itself_says_so_and_who_waited_is_offered(service: Service) -> None:
    (kim,) = mentors(service, "Kim Alder")
    kim.command("/mentor", "pause")
    kim.wait_for("You are paused")
    card = ask(student(service))
    service.jobs.settle()
    assert "waiting list" in card.text_all()
    for _ in range(10):
        service.pass_time(hours=72.01)
        names_its_next_step(service, card)
        if asked_now(service, [kim]):
            break
    kim.wait_for("Your pause is over")
    assert "Mia Tan" in offer(kim).text_all()
    assert len([one for one in card.person.inbox() if not one.raw.get("is_ephemeral")]) == 1  # told once, in one card


def test_who_leaves_slack_is_replaced_at_once_and_staff_see_it(service: Service) -> None:
    ada = service.person("Ada Admin", email="ada@example.org", is_owner=True)
    mia, (kim, lee) = student(service), mentors(service, "Kim Alder", "Lee Birch")
    card = ask(mia)
    offer(kim)
    offer(lee).press("Accept")
    mia.wait_for(button="Schedule a meeting")
    noor = student(service, "Noor Cedar")
    second = ask(noor)
    offer(lee)
    service.jobs.settle()
    lee.deactivate()
    left = ada.wait_for("Lee Birch has left Slack")
    assert "mentee Mia Tan" in left.text_all()
    service.jobs.settle()
    assert asked_now(service, [kim]) == [kim]
    names_its_next_step(service, second)
    noor.deactivate()
    kim.wait_for("taken back")
    assert "is your mentor" in card.text_all()


def test_too_many_edits_a_day_are_refused_with_the_time_of_the_next(service: Service) -> None:
    mia, (kim,) = student(service), mentors(service, "Kim Alder")
    card = ask(mia)
    for number in range(3):
        since = mark()
        offer(kim)
        service.jobs.settle()
        card.press("Edit request")
        form = mia.wait_modal("Edit your request")
        assert form.fill({"What do you want from a mentor?": f"Version {number}."}).submit() == {}
        if number < 2:
            kim.wait_for(f"Version {number}.", button="Accept", since=since)
    notice = mia.wait_modal("Please note")
    assert "the next change can be made from" in notice.text_all()
