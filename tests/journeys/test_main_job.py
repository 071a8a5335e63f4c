"""From a request to an introduction, played in the sandbox by label."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.people import Person, mark
from tests.support.service import Service
from tests.support.story import ask, mentors, offer, student

pytestmark = pytest.mark.journey


def test_a_request_becomes_a_match(service: Service) -> None:
    mia, (kim, lee, noor) = student(service), mentors(service, "Kim Alder", "Lee Birch", "Noor Cedar")
    status = ask(mia)
    cards = [offer(one) for one in (kim, lee, noor)]
    assert "Mia Tan" in cards[0].text
    assert {"Accept", "Decline", "View profile"} <= set(cards[0].buttons())
    begun = mark()
    cards[1].press("Accept")
    for card in cards:
        card.wait_gone("Accept")
    status.wait_gone("Cancel request")
    assert "Lee Birch" in status.text_all()
    introduced = [one.wait_for(button="Schedule a meeting", since=begun) for one in (mia, lee)]
    assert introduced[0].channel == introduced[1].channel
    assert "Log a meeting" in introduced[0].buttons()
    assert "Lee Birch" not in cards[0].text_all()
    assert kim.name not in introduced[0].text_all()


def test_a_stale_click_is_told_how_it_stands(service: Service) -> None:
    mia, (kim, lee) = student(service), mentors(service, "Kim Alder", "Lee Birch")
    ask(mia)
    first, second = offer(kim), offer(lee)
    first.press("Accept").wait_gone("Accept")
    second.press_raw("Accept")
    lee.wait_for("found a mentor")
    second.press_raw("Decline")
    second.press_raw("View profile")
    first.press_raw("Accept")
    kim.wait_for("already said yes")


def test_many_clicks_at_once_make_one_match_and_all_are_answered(service: Service) -> None:
    mia, three = student(service), mentors(service, "Kim Alder", "Lee Birch", "Noor Cedar")
    ask(mia)
    cards = [offer(one) for one in three]
    with ThreadPoolExecutor(24) as pool:
        outcomes = list(pool.map(lambda card: card.press_raw("Accept"), cards * 8))
    assert all(outcome["ok"] for outcome in outcomes)
    mia.wait_for(button="Schedule a meeting")  # a click is acknowledged before its work is done
    service.jobs.settle()
    begun = [one for one in three if any("Schedule a meeting" in m.buttons() for m in one.inbox())]
    assert len(begun) == 1
    service.sandbox.wait(lambda: private_answers(three) == len(outcomes) - 1, "an answer to every other click")


def private_answers(people: Sequence[Person]) -> int:
    return sum(1 for one in people for message in one.inbox() if message.raw.get("is_ephemeral"))


def test_declining_asks_for_a_reason_and_moves_on(service: Service) -> None:
    mia, three = student(service), mentors(service, "Kim Alder", "Lee Birch", "Noor Cedar")
    (late,) = mentors(service, "Omar Dogwood")
    ask(mia)
    service.jobs.settle()
    asked = [one for one in (*three, late) if any("Accept" in m.buttons() for m in one.inbox())]
    assert len(asked) == 3
    for one in asked:
        card = offer(one)
        card.press("Decline")
        form = one.wait_modal("Decline this student")
        assert form.fill({"Reason": "No time now", "Pause new students": "2 weeks"}).submit() == {}
        card.wait_gone("Decline")
    (rest,) = [one for one in (*three, late) if one not in asked]
    offer(rest).press("Accept")
    mia.wait_for(button="Schedule a meeting")


def test_cancelling_withdraws_the_offers(service: Service) -> None:
    mia, (kim,) = student(service), mentors(service, "Kim Alder")
    status, card = ask(mia), offer(kim)
    status.press("Cancel request")
    card.wait_gone("Accept")
    status.wait_gone("Cancel request")
    card.press_raw("Accept")
    kim.wait_for("so nothing is left to do here")


def test_editing_asks_the_same_mentor_again_with_the_new_wish(service: Service) -> None:
    mia, (kim,) = student(service), mentors(service, "Kim Alder")
    status, card = ask(mia), offer(kim)
    status.press("Edit request")
    form = mia.wait_modal("Edit your request")
    begun = mark()
    assert form.fill({"What do you want from a mentor?": "Practice for interviews."}).submit() == {}
    card.wait_gone("Accept")
    assert "Practice for interviews." in kim.wait_for(button="Accept", since=begun).text_all()


def test_with_nobody_to_ask_the_student_knows_what_comes_next(service: Service) -> None:
    mia = student(service)
    ask(mia)
    service.jobs.settle()
    status = mia.wait_for(button="Cancel request")
    assert "again" in status.text_all()


def test_a_second_request_is_refused_with_the_state_of_the_first(service: Service) -> None:
    mia = student(service)
    ask(mia)
    mia.command("/mentor", "request")
    mia.wait_for("already have an open request")
    mia.command("/mentor", "status")
    mia.wait_for("A plan for my first two years")


def test_the_home_tab_follows(service: Service) -> None:
    mia, (kim,) = student(service), mentors(service, "Kim Alder")
    assert "Ask for a mentor" in mia.open_home().buttons()
    ask(mia)
    offer(kim)
    service.jobs.settle()
    kim.open_home()
    service.sandbox.wait(lambda: "Accept" in kim.home.buttons(), "the offer on the Home tab")
    kim.home.press("Accept")
    mia.wait_for(button="Schedule a meeting")
    service.jobs.settle()
    assert kim.id in mia.home.text_all()
    assert "Accept" not in kim.home.buttons()
    assert mia.id in kim.home.text_all()
