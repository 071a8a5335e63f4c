"""Takes the pictures of docs/gallery.md: `python -m tests.journeys.browser.gallery`.

A stack of its own is started with sample people, and a story is played by clicking, with stops for pictures.
Fonts decide how they look: Roboto and Noto Color Emoji are what they were taken with.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Locator, ViewportSize, expect

from app.environment import ROOT
from app.sample.people import load
from tests.journeys.browser.player import Player
from tests.journeys.browser.story import NORA, PROFILE, UNTIL_OFFERED, WISH, asked
from tests.support.browsers import chromium
from tests.support.stacks import Stack, running

PLACE = ROOT / "docs" / "screenshots"
DESK, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=780)
LARGEST = 150_000
ZEYNEP = next(one for one in load().students if one.key == "zeynep-karaca")
ADA = next(one.name for one in load().staff)
SEARCHING, OFFERED = "We are looking for mentors", "Three mentors who fit you have been asked."


@dataclass(frozen=True)
class Studio:
    """The stack, a browser, and a tab at a desk."""

    stack: Stack
    browser: Browser
    desk: Player

    def shoot(self, name: str, what: Locator | None = None, player: Player | None = None) -> None:
        """Keep a picture of one thing, or of all that the tab shows, without what merely lies under the mouse."""
        page = (player or self.desk).page
        page.mouse.move(0, 0)
        picture = (what or page).screenshot(path=PLACE / f"{name}.png", animations="disabled")
        assert len(picture) < LARGEST, f"{name} has {len(picture)} bytes"
        sys.stdout.write(f"{name}\n")

    @contextmanager
    def phone(self, name: str) -> Iterator[Player]:
        """The same person on a phone."""
        context = self.browser.new_context(viewport=PHONE, has_touch=True)
        player = Player(context.new_page(), self.stack.sandbox_url)
        player.arrive()
        player.be(name)
        yield player
        context.close()


def main() -> None:
    """Play everything, in order: each part begins where the one before it ended."""
    PLACE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as stack, chromium() as browser:
        page = browser.new_context(viewport=DESK).new_page()
        studio = Studio(stack, browser, Player(page, stack.sandbox_url))
        first_visit(studio)
        profile(studio)
        request(studio)
        three = asked(stack)
        offers(studio, *three)
        match(studio, three[1])
        withdrawn(studio)
        commands(studio, three[1])
        both_roles(studio)


def first_visit(studio: Studio) -> None:
    desk = studio.desk
    desk.arrive()
    studio.shoot("sandbox-first-visit")
    desk.join(NORA)
    desk.open_home().get_by_text("welcome").wait_for()
    studio.shoot("home-new")
    desk.page.get_by_role("button", name="You are").click()
    desk.page.get_by_role("combobox", name="Search people").fill("mentor climate")
    studio.shoot("sandbox-people")
    desk.page.keyboard.press("Escape")


def profile(studio: Studio) -> None:
    desk = studio.desk
    desk.press("I am looking for a mentor", desk.open_home())
    form = desk.modal("Your profile")
    studio.shoot("profile-student", form)
    form.get_by_role("button", name="Save").click()
    form.get_by_role("alert").filter(has_text="Please fill in").first.wait_for()
    studio.shoot("profile-errors", form)
    desk.fill(form, PROFILE)
    form.get_by_label("Technical skills", exact=True).fill("k8s")
    desk.page.get_by_role("option", name="Kubernetes").wait_for()
    studio.shoot("profile-suggestions")
    desk.page.keyboard.press("Escape")
    form.get_by_label("Video").check()
    form.get_by_label("About you").fill("I run a small data club at the faculty.")
    studio.shoot("profile-student-filled", form)
    desk.send(form, "Save")


def request(studio: Studio) -> None:
    desk, matching = studio.desk, studio.stack.worker("matching")
    home = desk.open_home()
    home.get_by_role("button", name="Ask for a mentor").wait_for()
    studio.shoot("home-no-request")
    desk.press("Ask for a mentor", home)
    form = desk.modal("Request a mentor")
    desk.fill(form, {"What do you want from a mentor?": WISH})
    form.get_by_label("A language").check()
    studio.shoot("request-modal", form)
    matching.suspend()
    desk.send(form, "Send")
    desk.open_messages()
    desk.message(SEARCHING).wait_for()
    studio.shoot("status-searching", desk.message(SEARCHING))
    matching.resume()
    expect(desk.message(OFFERED)).to_be_visible(timeout=UNTIL_OFFERED)
    studio.shoot("status-offered", desk.message(OFFERED))
    desk.press("Edit request", desk.message(OFFERED))
    studio.shoot("request-edit", desk.modal("Edit your request"))
    desk.send(desk.modal("Edit your request"), "Cancel")
    home = desk.open_home()
    expect(home).to_contain_text(OFFERED)
    studio.shoot("home-student-request")


def offers(studio: Studio, declining: str, accepting: str, late: str) -> None:
    desk = studio.desk
    desk.be(declining)
    offer = desk.message(NORA)
    offer.get_by_role("button", name="Accept").wait_for()
    studio.shoot("offer", offer)
    desk.open_home().get_by_role("button", name="Accept").wait_for()
    studio.shoot("home-mentor-offers")
    with studio.phone(declining) as phone:
        phone.message(NORA).get_by_role("button", name="Accept").scroll_into_view_if_needed()
        studio.shoot("phone-offer", player=phone)
        phone.press("Decline", phone.message(NORA))
        phone.modal("Decline this student")
        studio.shoot("phone-decline", player=phone)
        phone.send(phone.modal("Decline this student"), "Cancel")
    desk.open_messages()
    desk.press("View profile", offer)
    studio.shoot("profile-view", desk.modal("Student profile"))
    desk.send(desk.modal("Student profile"), "Close")
    desk.press("Decline", offer)
    form = desk.modal("Decline this student")
    desk.choose(form, "Reason", "No time now")
    studio.shoot("decline-modal", form)
    desk.send(form, "Decline")
    expect(offer.get_by_role("button")).to_have_count(0)
    studio.shoot("offer-declined", offer)
    desk.be(accepting)
    offer = desk.message(NORA)
    desk.press("Accept", offer)
    expect(offer.get_by_role("button")).to_have_count(0)
    studio.shoot("offer-accepted", offer)
    desk.be(late)
    offer = desk.message(NORA)
    expect(offer).to_contain_text("found a mentor")
    studio.shoot("offer-taken", offer)


def match(studio: Studio, mentor: str) -> None:
    desk = studio.desk
    desk.be(NORA)
    status = desk.message(f"{mentor} is your mentor.")
    status.wait_for()
    studio.shoot("status-matched", status)
    expect(desk.open_home()).to_contain_text("You have not set goals yet")
    studio.shoot("home-student-matched")
    desk.press("Log a meeting", desk.open_home())
    studio.shoot("log-meeting", desk.modal("Log a meeting"))
    desk.send(desk.modal("Log a meeting"), "Cancel")
    desk.conversation(mentor).click()
    introduction = desk.message("you are student and mentor now")
    introduction.get_by_role("button", name="Log a meeting").wait_for()
    studio.shoot("introduction")
    desk.press("Schedule a meeting", introduction)
    schedule(studio, mentor)
    desk.open_app()
    expect(desk.open_home()).to_contain_text(NORA)
    studio.shoot("home-mentor-mentee")


def schedule(studio: Studio, mentor: str) -> None:
    """The student proposes, the mentor picks."""
    desk = studio.desk
    form = desk.modal("Schedule a meeting")
    studio.shoot("schedule-meeting", form)
    days = [date.today() + timedelta(days=day) for day in (3, 4, 5)]  # noqa: DTZ011 - any three days will do
    labels = ("First time", "Second time", "Third time")
    desk.fill(form, {label: f"{day}T14:00" for label, day in zip(labels, days, strict=True)})
    desk.fill(form, {"Agenda": "What a first year could look like"})
    desk.choose(form, "Kind", "Video")
    desk.send(form, "Send")
    desk.be(mentor)
    card = desk.message("would like to meet you")
    card.wait_for()
    studio.shoot("times-to-pick", card)
    card.get_by_role("button").first.click()
    desk.message("agreed to meet").wait_for()
    desk.conversation(NORA).click()
    planned = desk.message("meet on")
    planned.wait_for()
    studio.shoot("meeting-planned", planned)


def withdrawn(studio: Studio) -> None:
    """A sample student asks, and cancels while a mentor writes why not."""
    desk = studio.desk
    desk.be(ZEYNEP.name)
    desk.type("/mentor request")
    form = desk.modal("Request a mentor")
    desk.fill(form, {"What do you want from a mentor?": ZEYNEP.request})
    desk.send(form, "Send")
    status = desk.message(OFFERED)
    expect(status).to_be_visible(timeout=UNTIL_OFFERED)
    mentor = asked(studio.stack)[0]
    other = Player(studio.browser.new_context(viewport=DESK).new_page(), studio.stack.sandbox_url)
    other.arrive()
    other.be(mentor)
    other.press("Decline", other.message(ZEYNEP.name))
    form = other.modal("Decline this student")
    other.choose(form, "Reason", "Know this person")
    desk.press("Cancel request", status)
    sure = desk.page.get_by_role("alertdialog")
    studio.shoot("request-cancel", sure)
    desk.send(sure, "Cancel it")
    cancelled = desk.message("is cancelled")
    cancelled.wait_for()
    studio.shoot("status-cancelled", cancelled)
    form.get_by_role("button", name="Decline", exact=True).click()
    notice = other.modal("Please note")
    studio.shoot("notice-modal", notice, other)
    other.send(notice, "Close")
    offer = other.message(ZEYNEP.name)
    expect(offer.get_by_role("button")).to_have_count(0)
    studio.shoot("offer-withdrawn", offer, other)
    other.page.context.close()


def commands(studio: Studio, mentor: str) -> None:
    desk = studio.desk
    desk.be(mentor)
    desk.type("/mentor")
    desk.message("As a mentor").wait_for()
    studio.shoot("menu-mentor", desk.message("As a mentor"))
    desk.type("/mentor help")
    desk.message("This is what you can type").wait_for()
    studio.shoot("menu-help", desk.message("This is what you can type"))
    desk.type("/mentor privacy")
    desk.message("Ithaca keeps what you tell it").wait_for()
    studio.shoot("privacy", desk.message("Ithaca keeps what you tell it"))
    desk.press("Erase me", desk.message("Ithaca keeps what you tell it"))
    form = desk.modal("Erase me")
    studio.shoot("privacy-erase", form)
    desk.send(form, "Cancel")
    desk.type("/mentor profile")
    form = desk.modal("Your profile")
    studio.shoot("profile-mentor", form)
    form.get_by_label("About you").scroll_into_view_if_needed()
    studio.shoot("profile-mentor-end", form)
    desk.send(form, "Cancel")
    with studio.phone(mentor) as phone:
        phone.open_home().get_by_text("Your mentoring").wait_for()
        studio.shoot("phone-home", player=phone)
    desk.be(ADA)
    desk.type("/mentor-admin stats")
    desk.message("The programme today").wait_for()
    studio.shoot("admin-stats", desk.message("The programme today"))
    desk.page.get_by_role("button", name="Inspector").click()
    inspector = desk.page.get_by_role("complementary", name="Inspector")
    inspector.get_by_label("Filter requests").fill("/mentor-admin")
    inspector.get_by_role("button", name="/mentor-admin").first.click()
    studio.shoot("inspector")
    desk.page.get_by_role("button", name="Inspector").click()


def both_roles(studio: Studio) -> None:
    desk = studio.desk
    desk.be(NORA)
    desk.type("/mentor")
    desk.message("Your mentor is").wait_for()
    studio.shoot("menu-student", desk.message("Your mentor is"))
    desk.type("/mentor profile")
    form = desk.modal("Your profile")
    form.get_by_label("Mentor", exact=True).check()
    desk.fill(form, {"What I can help with": "First steps in Python, for those who come from the laboratory."})
    studio.shoot("profile-both", form)
    desk.send(form, "Save")
    expect(desk.open_home()).to_contain_text("Your mentoring")
    studio.shoot("home-both")


if __name__ == "__main__":
    main()
