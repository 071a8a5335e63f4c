"""The main job as a newcomer tries it: `./ithaca up`, a browser, and nothing but clicks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browser.player import Player
from tests.journeys.browser.story import NORA, PROFILE, UNTIL_OFFERED, WISH, asked
from tests.support.stacks import Stack, running

pytestmark = [pytest.mark.journey, pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    with running(tmp_path / "data") as stack:
        yield stack


@pytest.fixture
def player(stack: Stack, browser: Browser) -> Iterator[Player]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield Player(context.new_page(), stack.sandbox_url)
    context.close()


def test_a_newcomer_finds_a_mentor(stack: Stack, player: Player) -> None:
    player.arrive()
    player.join(NORA)
    tell(player)
    ask(player)
    viewing, accepting, late = asked(stack)
    view_and_decline(player, viewing)
    accept(player, accepting)
    find_it_taken(player, late)
    be_introduced(player, accepting)


def tell(player: Player) -> None:
    player.press("I am looking for a mentor", player.open_home())
    form = player.modal("Your profile")
    player.fill(form, PROFILE)
    form.get_by_label("Video").check()
    player.send(form, "Save")


def ask(player: Player) -> None:
    home = player.open_home()
    player.press("Ask for a mentor", home)
    form = player.modal("Request a mentor")
    player.fill(form, {"What do you want from a mentor?": WISH})
    player.send(form, "Send")
    expect(home.get_by_role("heading", name="Your search for a mentor")).to_be_visible()
    expect(home).to_contain_text("Three mentors who fit you have been asked.", timeout=UNTIL_OFFERED)
    expect(home).to_contain_text(WISH)
    expect(home.get_by_role("button", name="Cancel request")).to_be_visible()


def view_and_decline(player: Player, mentor: str) -> None:
    player.be(mentor)
    offer = player.message(NORA)
    expect(offer).to_contain_text("is looking for a mentor")
    player.press("View profile", offer)
    profile = player.modal("Student profile")
    expect(profile).to_contain_text("Biology student who codes")
    expect(profile).to_contain_text("Machine learning")
    player.send(profile, "Close")
    player.press("Decline", offer)
    form = player.modal("Decline this student")
    player.choose(form, "Reason", "No time now")
    player.send(form, "Decline")
    expect(offer.get_by_role("button")).to_have_count(0)


def accept(player: Player, mentor: str) -> None:
    player.be(mentor)
    offer = player.message(NORA)
    player.press("Accept", offer)
    expect(offer).to_contain_text(f"You are {NORA}'s mentor now.")
    expect(offer.get_by_role("button")).to_have_count(0)


def find_it_taken(player: Player, mentor: str) -> None:
    player.be(mentor)
    offer = player.message(NORA)
    expect(offer).to_contain_text("has found a mentor")
    expect(offer.get_by_role("button")).to_have_count(0)


def be_introduced(player: Player, mentor: str) -> None:
    player.be(NORA)
    expect(player.message(f"{mentor} is your mentor.")).to_be_visible()
    player.conversation(mentor).click()
    introduction = player.message("you are student and mentor now")
    expect(introduction).to_contain_text("Why you fit")
    expect(introduction).to_contain_text(WISH)
    expect(introduction.get_by_role("button", name="Schedule a meeting")).to_be_visible()
    expect(introduction.get_by_role("button", name="Log a meeting")).to_be_visible()
    player.page.get_by_role("link", name="Ithaca", exact=True).click()
    expect(player.open_home()).to_contain_text(f"@{mentor}")
