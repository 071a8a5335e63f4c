"""Somebody comes new to the sandbox, asks for a mentor and finds one: what only the whole page shows.

Fonts decide how it looks: Roboto and Noto Color Emoji are what the pictures in the docs were taken with.
"""

from pathlib import Path

from playwright.sync_api import expect

from tests.gallery.stories.studio import ADA, Studio, studio
from tests.journeys.browser.story import NORA, PROFILE, UNTIL_OFFERED, WISH, asked

OFFERED = "Three mentors who fit you have been asked."


def play(folder: Path, *, whole: bool) -> None:
    """Play everything, in order: each part begins where the one before it ended."""
    del whole  # it has one width and no more
    with studio(folder) as at:
        first_visit(at)
        profile(at)
        request(at)
        mentor = offer(at)
        inspector(at)
        with at.phone(mentor) as phone:
            phone.open_home().get_by_text("Your mentoring").wait_for()
            at.shoot("phone-home", phone.page)


def first_visit(at: Studio) -> None:
    desk = at.desk
    at.shoot("sandbox-first-visit")
    desk.join(NORA)
    desk.open_home().get_by_text("welcome").wait_for()
    desk.page.get_by_role("button", name="You are").click()
    desk.page.get_by_role("combobox", name="Search people").fill("mentor climate")
    at.shoot("sandbox-people")
    desk.page.keyboard.press("Escape")


def profile(at: Studio) -> None:
    desk = at.desk
    desk.press("I am looking for a mentor", desk.open_home())
    form = desk.modal("Your profile")
    form.get_by_role("button", name="Save").click()
    form.get_by_role("alert").filter(has_text="Please fill in").first.wait_for()
    at.shoot("profile-errors", form)
    desk.fill(form, PROFILE)
    form.get_by_label("Technical skills", exact=True).fill("k8s")
    desk.page.get_by_role("option", name="Kubernetes").wait_for()
    at.shoot("profile-suggestions")
    desk.page.keyboard.press("Escape")
    form.get_by_label("Video").check()
    desk.send(form, "Save")


def request(at: Studio) -> None:
    desk = at.desk
    home = desk.open_home()
    home.get_by_role("button", name="Ask for a mentor").wait_for()
    desk.press("Ask for a mentor", home)
    form = desk.modal("Request a mentor")
    desk.fill(form, {"What do you want from a mentor?": WISH})
    desk.send(form, "Send")
    desk.open_messages()
    expect(desk.message(OFFERED)).to_be_visible(timeout=UNTIL_OFFERED)


def offer(at: Studio) -> str:
    """The first mentor's offer, with reasons from the real model; who accepts it."""
    desk, mentor = at.desk, asked(at.stack)[0]
    desk.be(mentor)
    card = desk.message(NORA)
    card.get_by_role("button", name="Accept").wait_for()
    at.shoot("offer")
    desk.press("Accept", card)
    expect(card.get_by_role("button")).to_have_count(0)
    desk.be(NORA)
    desk.message(f"{mentor} is your mentor.").wait_for()
    desk.conversation(mentor).click()
    desk.message("you are student and mentor now").get_by_role("button", name="Log a meeting").wait_for()
    at.shoot("introduction")
    return mentor


def inspector(at: Studio) -> None:
    desk = at.desk
    desk.be(ADA)
    desk.type("/mentor-admin stats")
    desk.message("The programme today").wait_for()
    desk.page.get_by_role("button", name="Inspector").click()
    log = desk.page.get_by_role("complementary", name="Inspector")
    log.get_by_label("Filter requests").fill("/mentor-admin")
    log.get_by_role("button", name="/mentor-admin").first.click()
    at.shoot("inspector")
