"""The pages in a real browser, with the policies that it enforces: by keyboard, on the smallest phone."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect

from core.config import Settings
from core.links import Links, Purpose
from core.services.people import Person
from core.uow import Units
from tests.support.served import serving
from tests.support.servers import free_port
from tests.web.actions.conftest import LATER, Asked
from web.actions.router import router

pytestmark = pytest.mark.browser

SMALLEST = {"width": 320, "height": 560}


class Phone:
    """A browser without JavaScript, and what it complained of."""

    def __init__(self, page: Page, links: Links) -> None:
        self.page, self.links, self.complaints = page, links, list[str]()
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.resource_type}"))

    def open(self, purpose: Purpose, person: Person, subject: UUID) -> Page:
        self.page.goto(self.links.url(purpose, person.id, subject, LATER))
        return self.page


@pytest.fixture
def phone(browser: Browser, settings: Settings, units: Units) -> Iterator[Phone]:
    port = free_port()
    here = settings.model_copy(update={"public_url": f"http://127.0.0.1:{port}"})
    app = FastAPI()
    app.include_router(router(here, units))
    context = browser.new_context(viewport=SMALLEST, java_script_enabled=False)  # type: ignore[arg-type]
    with serving(app, port):
        phone = Phone(context.new_page(), Links.of(here))
        yield phone
        context.close()
    assert phone.complaints == []


def focused(page: Page) -> str:
    """What the keyboard would press."""
    return page.locator(":focus").inner_text()


def tab_to(page: Page, label: str) -> None:
    """Go on with the tab key until something with this label has the focus."""
    for _ in range(20):
        page.keyboard.press("Tab")
        if focused(page).startswith(label):
            return
    raise AssertionError(f"no way to {label!r} by keyboard")


def test_an_offer_is_accepted_by_keyboard(phone: Phone, asked: Asked) -> None:
    page = phone.open(Purpose.OFFER_ACCEPT, asked.mentor, asked.offer())
    tab_to(page, "Accept")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("You are Mia Tan's mentor now")
    assert asked.state() == "accepted"


def test_an_offer_is_declined_by_keyboard_from_the_page_that_accepts(phone: Phone, asked: Asked) -> None:
    page = phone.open(Purpose.OFFER_ACCEPT, asked.mentor, asked.offer())
    expect(page.get_by_label("Reason")).not_to_be_visible()
    tab_to(page, "Decline")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Reason")).to_be_visible()
    page.get_by_label("Reason").select_option("Not my field")
    tab_to(page, "Decline this student")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("You declined Mia Tan")
    assert asked.state() == "declined"


def test_a_page_is_styled_and_nothing_sticks_out(phone: Phone, asked: Asked) -> None:
    page = phone.open(Purpose.OFFER_DECLINE, asked.mentor, asked.offer())
    box = page.get_by_role("main").bounding_box()
    assert box
    assert 0 < box["x"] < box["x"] + box["width"] < SMALLEST["width"]
    for control in (*page.get_by_role("button").all(), *page.get_by_role("combobox").all()):
        size = control.bounding_box()
        assert size
        assert size["height"] >= 44
        assert size["x"] + size["width"] < SMALLEST["width"]


def test_a_mistake_is_said_to_who_listens(phone: Phone, asked: Asked) -> None:
    page = phone.open(Purpose.OFFER_ASK, asked.mentor, asked.offer())
    page.get_by_label("Your question").fill("   ")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was sent yet.")
    field = page.get_by_label("Your question")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("Please write a few words here.")
    phone.complaints = [one for one in phone.complaints if "422" not in one]
