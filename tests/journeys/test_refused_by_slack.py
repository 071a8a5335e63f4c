"""A mentor to whom Slack gives no messages: no student waits for them, and they go on by e-mail with one press."""

from collections.abc import Iterator

import httpx
import pytest

from tests.support.mailbox import Mailbox
from tests.support.pages import visit
from tests.support.service import Service
from tests.support.story import ask, mentors, student

pytestmark = pytest.mark.journey


@pytest.fixture
def browser() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=60, trust_env=False) as client:
        yield client


def test_who_is_shut_out_hears_of_it_once_and_comes_back_by_e_mail(service: Service, browser: httpx.Client) -> None:
    mia, (kim,) = student(service), mentors(service, "Kim Alder")
    service.sandbox.post("faults", kind="error", error="cannot_dm_bot", user=kim.id, method="chat.postMessage")
    card, mailbox = ask(mia), Mailbox(service.sandbox, "kim@example.org")
    refused = mailbox.wait_for("Mia Tan")
    service.sweep()
    assert "waiting list" in card.text
    assert len(mailbox.mails()) == 1

    visit(browser, refused.links()["Resume"]).press("Take new students again")
    offer = mailbox.wait_for("Would you mentor Mia Tan?")
    visit(browser, offer.links()["Accept"]).press("Accept")
    mia.wait_for("student and mentor now")
    mailbox.wait_for("Meet Mia Tan")
    service.sweep()
    assert len(mailbox.mails()) == 3


def test_whose_account_is_closed_hears_of_it_once_and_keeps_nobody_waiting(service: Service) -> None:
    mia, (kim,) = student(service), mentors(service, "Kim Alder")
    service.sandbox.post("faults", kind="error", error="user_disabled", user=kim.id, method="chat.postMessage")
    card, mailbox = ask(mia), Mailbox(service.sandbox, "kim@example.org")
    assert mailbox.wait_for("Mia Tan").subject == "No answer needed for Mia Tan any more"
    service.sweep()
    assert "waiting list" in card.text
    assert len(mailbox.mails()) == 1
    service.sandbox.post("faults/off")
    kim.command("/mentor")
    service.sandbox.wait(lambda: "been asked" in card.text, "the offer to who is back")
    kim.wait_for(button="Accept")
