"""Takes the pictures of quick questions: `python -m tests.journeys.browser.gallery_questions`.

A stack of its own with sample people, in which days pass in seconds. Zeynep asks, Ingrid answers; Yoav asks much the
same, and nobody is quick to claim it.
"""

import re
import tempfile
from pathlib import Path

from playwright.sync_api import Locator, expect

from app.sample.people import load
from tests.journeys.browser.gallery import ADA, DESK, PLACE, ZEYNEP, Studio
from tests.journeys.browser.gallery_matches import at, close, tall, whole_home
from tests.journeys.browser.gallery_offers import HOUR, jump
from tests.journeys.browser.player import Player
from tests.journeys.browser.story import UNTIL_OFFERED
from tests.support.browsers import chromium
from tests.support.people import Person
from tests.support.sandbox_client import SandboxClient
from tests.support.stacks import running

STUDENT, OTHER, MENTOR, LATE = ZEYNEP.name, "Yoav Rubinfeld", "Ingrid Solheim", "Inês Abecassis"
CHANNEL, FORM = "quick-questions", "Ask a quick question"
LOOKING, POSTED = "Looking for answers to similar questions", "Your question is posted"
GAP = "How do I explain a gap year in an interview?"
GAP_AGAIN = "How should I explain a gap year in a job interview?"
MARKET = "Which first job teaches you most about how electricity is traded?"
DETAILS = "I worked on a farm in Portugal, and learned more there than in my second year."
SUMMARY = (
    "Say what you did in one sentence, what you learned in a second, and then go on to why you want this job.\n"
    "Nobody minds the gap. They mind an apology for it."
)
SHORTER = "A trading desk at a utility: forecasts meet prices there every morning, and you see who was right."
THANKS = "Two sentences, and on to the job: I tried it with a friend just now, and it works. Thank you."


def main() -> None:
    """Play everything, in order: each part begins where the one before it ended."""
    PLACE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as stack, chromium() as browser:
        page = browser.new_context(viewport=DESK).new_page()
        studio = Studio(stack, browser, Player(page, stack.sandbox_url))
        studio.desk.arrive()
        at(studio, days=1, hour=9)
        form(studio)
        claim(studio)
        second(studio)
        answer(studio)
        rate(studio)
        similar(studio)
        unclaimed(studio)
        listed(studio)
        suggestion(studio)
        places(studio)
        silence(studio)


def form(studio: Studio) -> None:
    """`/ask`, what is missing, and the search for similar answers."""
    desk, matching = studio.desk, studio.stack.worker("matching")
    desk.be(STUDENT)
    desk.type("/ask")
    opened = desk.modal(FORM)
    opened.get_by_role("button", name="Ask", exact=True).click()
    opened.get_by_role("alert").filter(has_text="Please").first.wait_for()
    studio.shoot("quick-errors", opened)
    desk.fill(opened, {"Question": GAP, "Details": DETAILS, "Topics": ["interviewing → Interviewing"]})
    studio.shoot("quick-form", opened)
    matching.suspend()
    opened.get_by_role("button", name="Ask", exact=True).click()
    expect(opened).to_contain_text(LOOKING)
    studio.shoot("quick-looking", opened)
    matching.resume()
    expect(opened).to_contain_text(POSTED, timeout=UNTIL_OFFERED)
    studio.shoot("quick-posted", opened)
    close(desk)
    desk.open_messages()
    status = desk.message(POSTED)
    status.wait_for()
    studio.shoot("quick-status-open", status)


def claim(studio: Studio) -> None:
    """The card in the channel, the first who claims, and one who comes a moment later."""
    desk = studio.desk
    desk.be(MENTOR)
    card = channel(desk, GAP)
    card.get_by_role("button", name="Claim").wait_for()
    studio.shoot("quick-card-open", card)
    with SandboxClient(studio.stack.sandbox_url) as sandbox:
        late = Person.known(sandbox, LATE).wait_for(GAP, button="Claim")
        desk.press("Claim", card)
        expect(card).to_contain_text(f"Claimed by {MENTOR}")
        late.press_raw("Claim")
    studio.shoot("quick-card-claimed", card)
    desk.conversation(STUDENT).click()
    together = desk.message("took on a question of")
    together.wait_for()
    studio.shoot("quick-conversation")
    desk.open_app()
    desk.open_messages()
    mine = desk.message("question is yours now")
    mine.get_by_role("button", name="Release").wait_for()
    studio.shoot("quick-yours", mine)
    desk.press("Release", mine)
    sure = desk.page.get_by_role("alertdialog")
    studio.shoot("quick-release", sure)
    desk.send(sure, "Keep it")
    desk.be(LATE)
    desk.conversation(CHANNEL).click()
    told = desk.message("claimed this a moment ago")
    told.wait_for()
    studio.shoot("quick-too-late", told)
    desk.open_app()


def second(studio: Studio) -> None:
    """The student asks another question meanwhile; everything stands on the Home tabs."""
    desk = studio.desk
    ask(desk, STUDENT, MARKET, "energy → Energy")
    desk.open_messages()
    status = desk.message(f"{MENTOR} has your question")
    status.wait_for()
    studio.shoot("quick-status-claimed", status)
    whole_home(studio, "quick-home-student", MARKET)
    desk.be(MENTOR)
    whole_home(studio, "quick-home-mentor", "One question waits")


def answer(studio: Studio) -> None:
    """`Mark answered`, and what the student reads of it."""
    desk = studio.desk
    mark_answered(studio, GAP, SUMMARY, "quick-answered-form")
    desk.be(STUDENT)
    desk.open_messages()
    answered = desk.message("says that your question is answered")
    answered.get_by_role("button", name="Rate answer").wait_for()
    studio.shoot("quick-answered", answered)
    desk.press("Yes, share it", answered)
    expect(answered.get_by_role("button", name="Yes, share it")).to_have_count(0)
    studio.shoot("quick-shared", answered)
    status = desk.message(f"{MENTOR} answered your question")
    status.wait_for()
    studio.shoot("quick-status-answered", status)


def rate(studio: Studio) -> None:
    """The stars, the card that shows the answer, and thanks to who gave it."""
    desk = studio.desk
    rating(studio, "5", THANKS, "quick-rating")
    card = channel(desk, GAP)
    expect(card).to_contain_text("Summary of the answer")
    studio.shoot("quick-card-answered", card)
    desk.open_app()
    desk.be(MENTOR)
    desk.open_messages()
    thanks = desk.message("gave your answer 5 of 5")
    thanks.wait_for()
    studio.shoot("quick-thanks", thanks)


def similar(studio: Studio) -> None:
    """Somebody asks what was answered before."""
    desk = studio.desk
    desk.be(OTHER)
    desk.page.get_by_text("This is your conversation with Ithaca").wait_for()
    desk.type("/ask")
    opened = desk.modal(FORM)
    desk.fill(opened, {"Question": GAP_AGAIN, "Topics": ["interviewing → Interviewing"]})
    opened.get_by_role("button", name="Ask", exact=True).click()
    opened.get_by_role("button", name="This helped").wait_for()
    tall(studio, "quick-similar", opened)
    close(desk)
    desk.open_messages()
    status = desk.message("Somebody may have asked this before")
    status.wait_for()
    studio.shoot("quick-status-similar", status)
    desk.press("Post my question", status)
    desk.message(POSTED).wait_for()


def unclaimed(studio: Studio) -> None:
    """Six hours, and twenty."""
    desk = studio.desk
    with SandboxClient(studio.stack.sandbox_url) as sandbox:
        mentors = [Person.known(sandbox, one.name) for one in load().mentors if one.slack]
        before = {one.name: one.state()["unread"] for one in mentors}
        jump(studio, 7 * HOUR)
        told = lambda: [one.name for one in mentors if one.state()["unread"] != before[one.name]]  # noqa: E731
        names = sandbox.wait(told, "a mentor to be asked directly", UNTIL_OFFERED / 1000)
    desk.be(names[0])
    desk.open_messages()
    referred = desk.message("Could you answer a question from")
    referred.wait_for()
    studio.shoot("quick-referred", referred)
    at(studio, days=1, hour=9)
    desk.be(ADA)
    desk.conversation("mentorship-admins").click()
    staff = desk.message("Nobody has claimed a question from")
    staff.wait_for()
    studio.shoot("quick-staff", staff)
    desk.open_app()


def listed(studio: Studio) -> None:
    """`/ask open`: the list, a topic, after a claim, and empty."""
    desk = studio.desk
    desk.be(MENTOR)
    desk.open_messages()
    desk.type("/ask open")
    shown = desk.modal("Open questions")
    studio.shoot("quick-open", shown)
    topic(desk, shown, "All topics", "Interviewing")
    expect(shown).not_to_contain_text(MARKET)
    studio.shoot("quick-open-topic", shown)
    topic(desk, shown, "Interviewing", "All topics")
    expect(shown).to_contain_text(MARKET)
    shown.get_by_role("button", name="Claim", exact=True).first.click()
    expect(shown).to_contain_text("You claimed")
    studio.shoot("quick-open-claimed", shown)
    shown.get_by_role("button", name="Claim", exact=True).first.click()
    expect(shown).to_contain_text("No question is open to you")
    studio.shoot("quick-open-empty", shown)
    close(desk)


def suggestion(studio: Studio) -> None:
    """A second answer rated well, and what it suggests."""
    desk = studio.desk
    mark_answered(studio, MARKET, SHORTER)
    desk.be(STUDENT)
    rating(studio, "4")
    jump(studio, HOUR / 4)
    suggested = desk.message("more than one of your questions well")
    suggested.wait_for()
    studio.shoot("quick-suggestion", suggested)
    whole_home(studio, "quick-home-suggestion", "to be my mentor")
    desk.open_messages()
    desk.press(f"Ask {MENTOR} to be my mentor", suggested)
    tall(studio, "quick-suggestion-form", desk.modal("Request a mentor"))
    desk.send(desk.modal("Request a mentor"), "Cancel")


def places(studio: Studio) -> None:
    """Where one looks after questions."""
    desk = studio.desk
    desk.type("/ask mine")
    mine = desk.message("You have asked two quick questions")
    mine.wait_for()
    studio.shoot("quick-mine", mine)
    desk.type("/ask help")
    studio.shoot("quick-help", desk.message("This is what you can type"))
    desk.type("/mentor")
    menu = desk.message("You have no open request for a mentor")
    menu.wait_for()
    studio.shoot("quick-menu-student", menu)
    desk.be(MENTOR)
    desk.open_messages()
    desk.type("/ask leaderboard")
    studio.shoot("quick-leaderboard", desk.modal("Leaderboard"))
    close(desk)
    desk.type("/mentor")
    menu = desk.message("As a mentor")
    menu.wait_for()
    studio.shoot("quick-menu-mentor", menu)
    desk.press("Message settings", desk.open_home())
    studio.shoot("quick-settings", desk.modal("Message settings"))
    close(desk)
    desk.be(ADA)
    desk.open_messages()
    desk.type("/mentor-admin stats")
    stats = desk.message("The programme today")
    stats.wait_for()
    studio.shoot("quick-stats", stats)


def silence(studio: Studio) -> None:
    """Claimed, and nothing more: a reminder, and then it is open again."""
    desk = studio.desk
    at(studio, days=2, hour=12)
    desk.be(MENTOR)
    desk.open_messages()
    reminder = desk.message(f"Is {OTHER}'s question answered?")
    reminder.get_by_role("button", name="I need more time").wait_for()
    studio.shoot("quick-reminder", reminder)
    at(studio, days=1, hour=14)
    desk.be(OTHER)
    desk.open_messages()
    again = desk.message("could not go on with your question")
    again.wait_for()
    studio.shoot("quick-reopened", again)
    desk.be(MENTOR)
    desk.open_messages()
    over = desk.message("We did not hear from you")
    over.wait_for()
    studio.shoot("quick-silent", over)


def ask(desk: Player, who: str, question: str, topic: str) -> None:
    """Ask, and see it posted."""
    desk.be(who)
    desk.open_messages()
    desk.type("/ask")
    opened = desk.modal(FORM)
    desk.fill(opened, {"Question": question, "Topics": [topic]})
    opened.get_by_role("button", name="Ask", exact=True).click()
    expect(opened).to_contain_text(POSTED)
    close(desk)


def channel(desk: Player, words: str) -> Locator:
    """The card in the channel with these words."""
    desk.conversation(CHANNEL).click()
    return desk.message(words)


def mark_answered(studio: Studio, question: str, summary: str, picture: str = "") -> None:
    """A question that the mentor has claimed, from their Home tab."""
    desk = studio.desk
    desk.open_app()
    which = desk.open_home().locator(":scope > *").filter(has_text=question)
    which.locator("xpath=following::button[normalize-space()='Mark answered'][1]").click()
    opened = desk.modal("Mark answered")
    desk.fill(opened, {"Summary of the answer": summary})
    opened.get_by_label("Yes", exact=True).check()
    if picture:
        studio.shoot(picture, opened)
    desk.send(opened, "Send")


def rating(studio: Studio, stars: str, thanks: str = "", picture: str = "") -> None:
    """`Rate answer`, from the student's newest message about it."""
    desk = studio.desk
    desk.open_messages()
    answered = desk.message("says that your question is answered")
    desk.press("Rate answer", answered)
    opened = desk.modal("Rate answer")
    opened.get_by_role("radio", name=re.compile(f"^{stars}")).check()
    desk.fill(opened, {"Thanks": thanks})
    if picture:
        studio.shoot(picture, opened)
    desk.send(opened, "Send")
    expect(answered).to_contain_text(f"You gave it {stars} of 5")


def topic(desk: Player, shown: Locator, chosen: str, other: str) -> None:
    """Choose another topic in the list."""
    shown.get_by_role("button", name=re.compile(chosen)).or_(shown.get_by_role("combobox")).first.click()
    desk.page.get_by_role("option", name=other, exact=True).click()


if __name__ == "__main__":
    main()
