"""What the test and the gallery share: staff see which mentorship is at risk, why, and reassign it."""

import time
from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import BrowserContext, Locator, Page, expect
from playwright.sync_api import TimeoutError as NotSeen

from tests.journeys.browser.player import Player

PRESSES, SOON = 4, 4000.0  # milliseconds
REASON = "They never met, and she asked us for somebody nearer to her field."
Shoot = Callable[[str, Page], None]


def to_overview(player: Player, context: BrowserContext, name: str) -> Page:
    """Two clicks from a command in Slack: the link, and the button on its page. Returns the tab of the overview."""
    player.be(name)
    player.type("/mentor-admin dashboard")
    with context.expect_page() as opened:
        player.message("Open the dashboard").get_by_role("link", name="Open the dashboard").click()
    opened.value.get_by_role("button", name="Sign in").click()
    expect(opened.value.get_by_role("heading", name="Overview")).to_be_visible()
    return opened.value


def reassign(page: Page, student: str, mentor: str, shoot: Shoot = lambda *_: None) -> float:
    """From the overview to a reassigned mentorship. Returns the seconds it took."""
    began = time.monotonic()
    go(page, "Health")
    row = page.locator("tbody tr").filter(has_text=f"{student} and {mentor}")
    expect(row).to_contain_text("At risk")
    shoot("staff-health-list", page)
    title = page.get_by_role("heading", name=f"Another mentor for {student}")
    press_until_seen(row.get_by_role("link", name="Reassign").click, title)
    expect(page.get_by_text(f"The mentorship with {mentor}")).to_be_visible()
    shoot("staff-reassign", page)
    page.get_by_role("button", name="Find mentors").click()
    confirm = page.get_by_role("button", name="Confirm the match")
    confirm.wait_for()
    page.get_by_label("Why?").fill(REASON)
    shoot("staff-mentors", page)
    confirm.click()
    expect(page.get_by_role("alert")).to_contain_text(f"{student} has a new mentor")
    expect(page.get_by_text(REASON).first).to_be_visible()
    took = time.monotonic() - began
    shoot("staff-reassigned", page)
    return took


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
