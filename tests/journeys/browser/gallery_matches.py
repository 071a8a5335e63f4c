"""Takes the pictures of the life of a match: `python -m tests.journeys.browser.gallery_matches`.

A stack of its own with sample people, in which months pass in minutes. Zeynep and her mentor meet, disagree, pause and
complete; the same mentor has two more mentees, one of whom asks for help.
"""

import os
import re
import tempfile
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from playwright.sync_api import Locator, expect
from sqlalchemy import select, update

from app import environment
from core.clock import clock_of
from core.models import Profile, User
from core.services.people import by_id
from core.uow import SYSTEM, Units, connect
from tests.journeys.browser.gallery import ADA, DESK, OFFERED, PLACE, ZEYNEP, Studio
from tests.journeys.browser.gallery_offers import HOUR, jump
from tests.journeys.browser.player import Player
from tests.journeys.browser.story import UNTIL_OFFERED, asked
from tests.support import factories as make
from tests.support.browsers import chromium
from tests.support.queues import Recorded
from tests.support.sandbox_client import SandboxClient
from tests.support.stacks import Stack, running

DAY = 24 * HOUR
TALL, WIDE = 2400, DESK["width"]
MENTEES = ("Milan Stojković", "Lieke Janssens")
GOALS = "Learn how forecasts are used inside a utility, and find out whether such a company would hire me."
AGENDA = "What dispatchers do when the model is wrong"
NOTES = "We went through a day on which the forecast failed, hour by hour."
COMMENT = "The talks help me a lot. I would like to meet a little more often."
WORDS = "My mentor writes to me late at night, and expects an answer."


def main() -> None:
    """Play everything, in order: each part begins where the one before it ended."""
    PLACE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as stack, chromium() as browser:
        page = browser.new_context(viewport=DESK).new_page()
        studio = Studio(stack, browser, Player(page, stack.sandbox_url))
        studio.desk.arrive()
        at(studio, days=1)
        mentor = matched(studio)
        goals(studio, mentor)
        meeting(studio, mentor)
        told(studio, mentor)
        check_ins(studio, mentor)
        survey(studio, mentor)
        private_help(studio)
        managed(studio)
        paused(studio, mentor)
        ended(studio, mentor)
        completed(studio)
        risk(studio)


def matched(studio: Studio) -> str:
    """A student asks, and the first of the mentors says yes, who has two other mentees from elsewhere."""
    desk = studio.desk
    desk.be(ZEYNEP.name)
    desk.type("/mentor request")
    form = desk.modal("Request a mentor")
    desk.fill(form, {"What do you want from a mentor?": ZEYNEP.request})
    desk.send(form, "Send")
    expect(desk.message(OFFERED)).to_be_visible(timeout=UNTIL_OFFERED)
    mentor = asked(studio.stack)[0]
    desk.be(mentor)
    offer = desk.message("is looking for a mentor, and you fit")
    desk.press("Accept", offer)
    expect(offer.get_by_role("button")).to_have_count(0)
    mentees(studio.stack, mentor)
    return mentor


def mentees(stack: Stack, mentor: str) -> None:
    """Two more mentorships of this mentor, begun today without a request before them."""
    settings = environment.settings({**os.environ, "ITHACA_DATA": str(stack.data)})
    engine = connect(settings.service_database_url)
    units = Units(engine, Recorded(), clock_of(settings.clock_file))
    with units.read(SYSTEM) as reading:
        names = (mentor, *MENTEES)
        ids = {user.name: user.id for user in reading.session.scalars(select(User).where(User.name.in_(names)))}
        people = {name: by_id(reading, ids[name]) for name in names}
    with units.work(SYSTEM) as work:
        work.session.execute(update(Profile).where(Profile.user_id == people[mentor].id).values(max_mentees=4))
    for name in MENTEES:
        make.match(units, people[name], people[mentor])
    engine.dispose()


def goals(studio: Studio, mentor: str) -> None:
    desk = studio.desk
    desk.be(ZEYNEP.name)
    desk.conversation(mentor).click()
    card = desk.message("What do you two want to reach")
    card.get_by_role("button", name="Set goals").wait_for()
    studio.shoot("kick-off", card)
    desk.press("Set goals", card)
    form = desk.modal("Goals and cadence")
    desk.fill(form, {"Goals": GOALS})
    desk.choose(form, "Meet every", "2 weeks")
    studio.shoot("goals-form", form)
    desk.send(form, "Propose")
    desk.be(mentor)
    desk.open_messages()
    proposed = desk.message(f"{ZEYNEP.name} proposes to meet every 2 weeks")
    proposed.wait_for()
    studio.shoot("goals-proposed", proposed)
    desk.press("Agree", proposed)
    agreed = desk.message("have agreed to meet every 2 weeks")
    agreed.wait_for()
    studio.shoot("goals-agreed", agreed)


def meeting(studio: Studio, mentor: str) -> None:
    """Times are proposed and picked; a reminder, and the question whether they met."""
    desk = studio.desk
    desk.be(ZEYNEP.name)
    desk.conversation(mentor).click()
    desk.press("Schedule a meeting")
    form = desk.modal("Schedule a meeting")
    days = [now(studio).date() + timedelta(days=day) for day in (3, 4, 5)]
    labels = ("First time", "Second time", "Third time")
    desk.fill(form, {label: f"{day}T14:00" for label, day in zip(labels, days, strict=True)} | {"Agenda": AGENDA})
    desk.choose(form, "Kind", "Video")
    desk.send(form, "Send")
    whole_home(studio, "home-times-proposed", "has your times to choose from")
    desk.be(mentor)
    desk.open_messages()
    card = desk.message("would like to meet you")
    card.get_by_role("button").first.click()
    desk.message("agreed to meet").wait_for()
    at(studio, days=2, hour=15)
    desk.open_messages()
    reminder = desk.message(f"You meet {ZEYNEP.name}")
    reminder.wait_for()
    studio.shoot("meeting-reminder", reminder)
    at(studio, days=1, hour=18)
    question = desk.message(f"Did you and {ZEYNEP.name} meet")
    question.wait_for()
    studio.shoot("meeting-over", question)
    desk.press("We met", question)
    met = desk.message("You met")
    met.wait_for()
    studio.shoot("meeting-met", met)


def told(studio: Studio, mentor: str) -> None:
    """What the two tell of it."""
    desk = studio.desk
    desk.be(ZEYNEP.name)
    desk.open_messages()
    card = desk.message(f"{mentor} noted that you met")
    card.wait_for()
    studio.shoot("meeting-to-confirm", card)
    desk.press("Correct", card)
    form = desk.modal("Log a meeting")
    due = now(studio).date() + timedelta(days=6)
    items = f"{ZEYNEP.name.split()[0]}: read the market report by {due}\nBoth: find a date for the visit"
    desk.fill(form, {"Minutes": "90", "Notes": NOTES, "Action items": items})
    studio.shoot("meeting-correct", form)
    desk.send(form, "Save")
    whole_home(studio, "home-student-running", "To do")
    desk.open_home().get_by_role("button", name="Change", exact=True).first.click()
    studio.shoot("item-form", desk.modal("Action item"))
    desk.send(desk.modal("Action item"), "Cancel")
    desk.be(mentor)
    desk.conversation(ZEYNEP.name).click()
    two = desk.message("You two tell this meeting differently")
    two.wait_for()
    studio.shoot("meeting-two-versions", two)
    desk.press("Confirm", two)
    agreed = desk.message("Both of you agree")
    agreed.wait_for()
    studio.shoot("meeting-agreed", agreed)


def check_ins(studio: Studio, mentor: str) -> None:
    """A week on: the pairs that have noted no meeting are asked."""
    desk = studio.desk
    at(studio, days=4)
    desk.be(MENTEES[0])
    desk.open_messages()
    card = desk.message("introduced a week ago")
    card.wait_for()
    studio.shoot("check-in", card)
    desk.press("We haven't met", card)
    answered = desk.message("We haven't met”")
    answered.wait_for()
    studio.shoot("check-in-not-met", answered)
    desk.be(mentor)
    desk.open_messages()
    several = desk.message(f"How is it going with {MENTEES[0]}")
    several.wait_for()
    studio.shoot("check-in-several", several)
    whole_home(studio, "home-mentor-asked", "How is it going?")
    desk.open_messages()
    desk.press("Could be better", several)
    several.get_by_text("you said").wait_for()
    studio.shoot("check-in-better", several)
    desk.be(ZEYNEP.name)
    at(studio, days=1)
    desk.open_messages()
    item = desk.message("You wanted to do this")
    item.wait_for()
    studio.shoot("item-reminder", item)


def survey(studio: Studio, mentor: str) -> None:
    """A month on."""
    desk = studio.desk
    at(studio, days=22)
    desk.be(ZEYNEP.name)
    desk.open_messages()
    card = desk.message("worked together for a month")
    card.wait_for()
    studio.shoot("survey", card)
    desk.press("Rate", card)
    form = desk.modal("How is it going?")
    form.get_by_role("radio").nth(1).check()
    desk.fill(form, {"Comment": COMMENT})
    form.get_by_role("checkbox").check()
    studio.shoot("survey-form", form)
    desk.send(form, "Send")
    answered = desk.message("4 of 5")
    answered.wait_for()
    studio.shoot("survey-answered", answered)
    desk.be(mentor)
    desk.open_messages()
    shared = desk.message(f"{ZEYNEP.name} shared with you")
    shared.wait_for()
    studio.shoot("feedback-shared", shared)


def private_help(studio: Studio) -> None:
    desk = studio.desk
    desk.be(MENTEES[1])
    desk.press("Manage", desk.open_home())
    desk.press("Get help privately", desk.modal("Your mentorship"))
    form = desk.modal("Get help privately")
    desk.fill(form, {"What happened?": WORDS})
    form.get_by_role("checkbox").check()
    studio.shoot("help-form", form)
    form.get_by_role("button", name="Send").click()
    sent = desk.modal("Staff have your message")
    studio.shoot("help-sent", sent)
    desk.send(sent, "Close")
    close(desk)
    desk.be(ADA)
    desk.conversation("mentorship-admins").click()
    report = desk.message("asks for help")
    report.wait_for()
    studio.shoot("help-report", report)


def managed(studio: Studio) -> None:
    desk = studio.desk
    desk.be(ZEYNEP.name)
    desk.press("Manage", desk.open_home())
    tall(studio, "manage-student", desk.modal("Your mentorship"))
    desk.press("Find another mentor", desk.modal("Your mentorship"))
    studio.shoot("find-another-form", desk.modal("Find another mentor"))
    desk.send(desk.modal("Find another mentor"), "Cancel")
    close(desk)
    desk.press("Message settings", desk.open_home())
    studio.shoot("message-settings", desk.modal("Message settings"))
    desk.send(desk.modal("Message settings"), "Cancel")


def paused(studio: Studio, mentor: str) -> None:
    desk = studio.desk
    desk.be(mentor)
    whole_home(studio, "home-mentor-mentees", "Your mentees")
    with studio.phone(mentor) as phone:
        phone.open_home().get_by_role("heading", name="Your mentees").scroll_into_view_if_needed()
        studio.shoot("phone-home-mentees", player=phone)
    manage(studio, ZEYNEP.name)
    tall(studio, "manage-mentor", desk.modal("Your mentorship"))
    desk.press("Pause", desk.modal("Your mentorship"))
    form = desk.modal("Pause this mentorship")
    studio.shoot("match-pause-form", form)
    desk.send(form, "Pause")
    close(desk)
    desk.conversation(ZEYNEP.name).click()
    card = desk.message("your mentorship is paused until")
    card.wait_for()
    studio.shoot("match-paused", card)
    desk.be(ZEYNEP.name)
    whole_home(studio, "home-student-paused", "Paused until")
    desk.conversation(mentor).click()
    desk.press("Resume", desk.message("your mentorship is paused until"))
    resumed = desk.message("your mentorship goes on")
    resumed.wait_for()
    studio.shoot("match-resumed", resumed)


def ended(studio: Studio, mentor: str) -> None:
    desk = studio.desk
    desk.be(mentor)
    manage(studio, MENTEES[0])
    desk.press("End", desk.modal("Your mentorship"))
    form = desk.modal("End this mentorship")
    desk.choose(form, "Reason", "Too little time")
    studio.shoot("match-end-form", form)
    desk.send(form, "End it")
    close(desk)
    desk.be(MENTEES[0])
    desk.conversation(mentor).click()
    over = desk.message("has come to an end")
    over.wait_for()
    studio.shoot("match-ended", over)


def completed(studio: Studio) -> None:
    desk = studio.desk
    desk.be(ZEYNEP.name)
    desk.open_app()
    desk.press("Manage", desk.open_home())
    desk.press("Complete", desk.modal("Your mentorship"))
    sure = desk.page.get_by_role("alertdialog")
    studio.shoot("match-complete", sure)
    desk.send(sure, "Complete")
    expect(desk.modal("Your mentorship")).to_contain_text("Completed on")
    studio.shoot("manage-completed", desk.modal("Your mentorship"))
    close(desk)
    desk.open_messages()
    kept = desk.message("This is yours to keep")
    kept.wait_for()
    studio.shoot("keepsake", kept)
    desk.press("Open the page to print", kept)
    link = desk.message("to read or print").get_by_role("link", name="open the page")
    link.wait_for()
    page = studio.browser.new_context(viewport={"width": 900, "height": 700}).new_page()
    page.goto(str(link.get_attribute("href")))
    (PLACE / "keepsake-page.png").write_bytes(page.screenshot(full_page=True))
    page.context.close()
    whole_home(studio, "home-student-completed", "Ask for a mentor")


def risk(studio: Studio) -> None:
    desk = studio.desk
    at(studio, days=2)
    desk.be(ADA)
    desk.conversation("mentorship-admins").click()
    card = desk.message("may be at risk")
    card.wait_for()
    studio.shoot("at-risk", card)
    desk.open_app()
    desk.type("/mentor-admin at-risk")
    listed = desk.message("Mentorships at risk")
    listed.wait_for()
    studio.shoot("admin-at-risk", listed)


def manage(studio: Studio, partner: str) -> None:
    """Open `Manage` of one of several, of a mentor."""
    desk = studio.desk
    desk.open_app()
    who = desk.open_home().locator(":scope > *").filter(has_text=re.compile(f"^@?{partner}"))
    who.locator("xpath=following::button[normalize-space()='Manage'][1]").click()


def close(desk: Player) -> None:
    """Close what lies over the page."""
    if desk.page.get_by_role("dialog").count():
        desk.page.keyboard.press("Escape")
    expect(desk.page.get_by_role("dialog")).to_have_count(0)


def whole_home(studio: Studio, name: str, until: str) -> None:
    """A picture of the Home tab, as long as it is, once it says this."""
    studio.desk.open_app()
    home = studio.desk.open_home()
    expect(home).to_contain_text(until)
    tall(studio, name, home)


def tall(studio: Studio, name: str, what: Locator) -> None:
    """A picture of something that would scroll, in a window high enough that it does not."""
    page = studio.desk.page
    page.set_viewport_size({"width": WIDE, "height": TALL})
    studio.shoot(name, what)
    page.set_viewport_size(DESK)


def now(studio: Studio) -> datetime:
    """What time it is in the sandbox."""
    with SandboxClient(studio.stack.sandbox_url) as sandbox:
        return datetime.fromtimestamp(float(sandbox.get("clock")["now"]), UTC)


def at(studio: Studio, *, days: int, hour: int = 10) -> None:
    """Go on to this hour, so many days ahead: people are asked nothing at night."""
    present = now(studio)
    moment = datetime.combine(present.date() + timedelta(days=days), time(hour), UTC)
    jump(studio, (moment - present).total_seconds())


if __name__ == "__main__":
    main()
