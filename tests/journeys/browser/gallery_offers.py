"""Takes the pictures of offers on their way to an end: `python -m tests.journeys.browser.gallery_offers`.

A stack of its own with sample people, in which days pass in seconds.
"""

import tempfile
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.browser.gallery import ADA, DESK, OFFERED, PLACE, ZEYNEP, Studio
from tests.journeys.browser.player import Player
from tests.journeys.browser.story import UNTIL_OFFERED, asked
from tests.support.browsers import chromium
from tests.support.sandbox_client import SandboxClient
from tests.support.stacks import running

HOUR = 3600.0
QUESTION = "The old method is winning, you write. On which horizon, and with what data?"
ANSWER = "On the day ahead, with ten years of hourly demand. For the next hour, boosting wins."


def main() -> None:
    """Play everything, in order."""
    PLACE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as stack, chromium() as browser:
        page = browser.new_context(viewport=DESK).new_page()
        studio = Studio(stack, browser, Player(page, stack.sandbox_url))
        studio.desk.arrive()
        ask(studio)
        first, second, third = asked(stack)
        questions(studio, first)
        pauses(studio, second)
        days(studio, third)
        pause_over(studio, second)
        left(studio, third)


def ask(studio: Studio) -> None:
    desk = studio.desk
    desk.be(ZEYNEP.name)
    desk.type("/mentor request")
    form = desk.modal("Request a mentor")
    desk.fill(form, {"What do you want from a mentor?": ZEYNEP.request})
    desk.send(form, "Send")
    expect(desk.message(OFFERED)).to_be_visible(timeout=UNTIL_OFFERED)


def questions(studio: Studio, mentor: str) -> None:
    desk = studio.desk
    desk.be(mentor)
    offer = desk.message("is looking for a mentor, and you fit")
    desk.press("Ask a question", offer)
    form = desk.modal("Ask before you decide")
    desk.fill(form, {"Your question": QUESTION})
    studio.shoot("ask-modal", form)
    desk.send(form, "Send")
    expect(offer).to_contain_text("No answer yet")
    studio.shoot("offer-asked", offer)
    desk.be(ZEYNEP.name)
    card = desk.message("A mentor has a question for you")
    card.get_by_role("button", name="Answer").wait_for()
    studio.shoot("question", card)
    status = desk.message(OFFERED)
    expect(status).to_contain_text("A mentor asks")
    studio.shoot("status-question", status)
    desk.press("Answer", card)
    form = desk.modal("Answer a mentor")
    desk.fill(form, {"Your answer": ANSWER})
    studio.shoot("answer-modal", form)
    desk.send(form, "Send")
    expect(desk.message("You answered").get_by_role("button")).to_have_count(0)
    studio.shoot("question-answered", desk.message("A mentor asked"))
    expect(desk.open_home()).to_contain_text("You answered")
    studio.shoot("home-student-question")
    desk.be(mentor)
    answered = desk.message("answered your question")
    answered.get_by_role("button", name="Accept").wait_for()
    studio.shoot("answer", answered)
    with studio.phone(mentor) as phone:
        phone.message("answered your question").get_by_role("button", name="Accept").scroll_into_view_if_needed()
        studio.shoot("phone-answer", player=phone)


def pauses(studio: Studio, mentor: str) -> None:
    desk = studio.desk
    desk.be(mentor)
    with SandboxClient(studio.stack.sandbox_url) as sandbox:
        drawn = len(sandbox.log("views.publish"))
        home = desk.open_home()
        sandbox.wait(lambda: len(sandbox.log("views.publish")) > drawn, "the Home tab to be drawn as it stands")
    desk.press("Pause", home)
    desk.open_home().get_by_role("button", name="Resume").wait_for()
    studio.shoot("home-mentor-paused")
    desk.open_messages()
    desk.type("/mentor")
    desk.message("New students are paused until").wait_for()
    studio.shoot("menu-mentor-paused", desk.message("As a mentor you have"))
    desk.press("Resume", desk.message("As a mentor you have"))
    desk.message("Welcome back").wait_for()
    studio.shoot("resumed", desk.message("Welcome back"))


def days(studio: Studio, mentor: str) -> None:
    desk = studio.desk
    jump(studio, 60 * HOUR)  # over a night: nobody is reminded in their quiet hours
    desk.be(mentor)
    reminder = desk.message("still hopes for your answer")
    reminder.wait_for()
    studio.shoot("reminder", reminder)
    for _ in range(4):
        jump(studio, 73 * HOUR)
    desk.be(ADA)
    desk.conversation("mentorship-admins").click()
    listed = desk.message("needs your help to find a mentor")
    listed.wait_for()
    studio.shoot("staff-request", listed)
    desk.be(ZEYNEP.name)
    status = desk.message("A person on our staff has your request now")
    status.wait_for()
    studio.shoot("status-staff", status)


def pause_over(studio: Studio, mentor: str) -> None:
    desk = studio.desk
    desk.be(mentor)
    desk.type("/mentor pause")
    desk.message("You are paused").wait_for()
    jump(studio, 31 * 24 * HOUR)
    over = desk.message("Your pause is over")
    over.wait_for()
    studio.shoot("pause-over", over)


def left(studio: Studio, mentor: str) -> None:
    desk = studio.desk
    with SandboxClient(studio.stack.sandbox_url) as sandbox:
        account = next(one["id"] for one in sandbox.get("boot")["users"] if one["real_name"] == mentor)
        sandbox.post(f"users/{account}/deactivate")
    desk.be(ADA)
    desk.conversation("mentorship-admins").click()
    told = desk.message("has left Slack")
    told.wait_for()
    studio.shoot("person-left", told)


def jump(studio: Studio, seconds: float) -> None:
    """Let time pass, and what falls due happen."""
    with SandboxClient(studio.stack.sandbox_url) as sandbox:
        sandbox.post("jump", seconds=seconds)
        sandbox.wait(lambda: sandbox.get("clock")["jump"]["code"] is not None, "the jump to end", timeout=300)
        done = sandbox.get("clock")["jump"]
        assert done["code"] == 0, done


if __name__ == "__main__":
    main()
