"""Staff go from Slack to their pages in two clicks, see which mentorship needs them, and keep what they did."""

import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize, expect

from tests.core.services.test_health_steps import at_risk
from tests.journeys.browser.player import Player
from tests.journeys.browser.staff_story import go, press_until_seen, reassign, to_overview
from tests.support import factories as make
from tests.support.service import Service

pytestmark = [pytest.mark.journey, pytest.mark.browser]

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
    said = list[str]()
    context.on("console", lambda line: said.append(line.text))
    page = to_overview(player, context, "Ada Admin")

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


@pytest.mark.parametrize("context", ["desk"], indirect=True)
def test_a_mentorship_at_risk_gets_another_mentor(
    service: Service, context: BrowserContext, record_property: Callable[[str, object], None]
) -> None:
    at_risk(service.units)
    make.mentor(service.units, "Noor Bakker")
    service.person("Ada Admin", email="ada@example.org", is_owner=True)
    player = Player(context.new_page(), service.sandbox.url)
    player.arrive()
    took = reassign(to_overview(player, context, "Ada Admin"), "Mia Tan", "Kim Alder")
    record_property("seconds", took)
    sys.stdout.write(f"from the overview to a reassigned mentorship in {took:.1f} s\n")
