"""Staff go from Slack to their pages in two clicks, see which mentorship needs them, and keep what they did."""

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect
from playwright.sync_api import TimeoutError as NotSeen

from tests.core.services.test_health_steps import at_risk
from tests.journeys.browser.player import Player
from tests.support.service import Service

pytestmark = [pytest.mark.journey, pytest.mark.browser]

PRESSES, SOON = 4, 4000.0  # milliseconds
SIZES = {"desk": ViewportSize(width=1280, height=800), "phone": ViewportSize(width=390, height=844)}


@pytest.fixture(params=SIZES)
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=SIZES[request.param])
    yield context
    context.close()


def test_from_slack_to_a_mentorship_that_was_looked_after(service: Service, context: BrowserContext) -> None:
    at_risk(service.units)
    service.person("Ada Admin", email="ada@example.org", is_owner=True)
    player = Player(context.new_page(), service.sandbox.url)
    player.arrive()
    player.be("Ada Admin")
    player.type("/mentor-admin dashboard")
    with context.expect_page() as opened:
        player.message("Open the dashboard").get_by_role("link", name="Open the dashboard").click()
    page, said = opened.value, list[str]()
    page.on("console", lambda line: said.append(line.text))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()

    go(page, "Health")
    row = page.locator("tbody tr").filter(has_text="Mia Tan and Kim Alder")
    expect(row).to_contain_text("To do")
    note = page.get_by_role("dialog", name="Note what you did")
    press_until_seen(row.get_by_role("link", name="Done").click, note)
    note.get_by_label("What did you do?").fill("Spoke to both; they meet on Friday.")
    note.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_role("alert")).to_contain_text("Noted.")
    expect(row).to_contain_text("In hand")

    go(page, "Audit log")
    expect(page.locator("tbody tr").filter(has_text="Health step")).to_contain_text("Ada Admin")
    page.get_by_label("Open user menu").locator("visible=true").click()
    page.get_by_role("button", name="Sign out").locator("visible=true").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert said == []  # no script was refused, nothing was missing


def go(page: Page, name: str) -> None:
    """Open a page by the menu, which a phone hides until it is asked for."""
    menu, link = page.get_by_label("Toggle navigation").first, page.get_by_role("link", name=name, exact=True)

    def press() -> None:
        if not link.is_visible() and menu.is_visible():
            menu.click()
        link.click()

    press_until_seen(press, page.get_by_role("heading", name=name, exact=True))


def press_until_seen(press: Callable[[], None], wanted: Locator) -> None:
    """Press as a person does who sees nothing happen: a page is there before its scripts listen, or loads once more."""
    for _ in range(PRESSES):
        press()
        with suppress(NotSeen):
            wanted.wait_for(timeout=SOON)
            return
    expect(wanted).to_be_visible()
