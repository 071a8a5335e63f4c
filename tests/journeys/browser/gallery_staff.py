"""Takes the pictures of staff who match by hand: `python -m tests.journeys.browser.gallery_staff [FOLDER]`.

A stack of its own with sample people: real processes, real model. With a folder, every page at a phone's width too.
"""

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect
from sqlalchemy import select

from app import environment
from core.clock import clock_of
from core.models import MatchHealth, Profile, User
from core.rules.health import HealthState
from core.rules.roles import Role
from core.services.people import by_id
from core.uow import SYSTEM, Units, connect
from tests.journeys.browser.gallery import ADA, DESK, PHONE, PLACE, ZEYNEP, Studio
from tests.journeys.browser.player import Player
from tests.journeys.browser.staff_story import reassign, to_overview
from tests.journeys.browser.story import UNTIL_OFFERED
from tests.support import factories as make
from tests.support.browsers import chromium
from tests.support.queues import Recorded
from tests.support.stacks import Stack, running


def main(folder: Path | None) -> None:
    """A mentorship at risk, another mentor for its student, a message to the two, and the same in Slack."""
    with tempfile.TemporaryDirectory() as data, running(Path(data)) as stack, chromium() as browser:
        mentor, other = a_mentorship_at_risk(stack)
        context = browser.new_context(viewport=DESK)
        studio = Studio(stack, browser, Player(context.new_page(), stack.sandbox_url))
        studio.desk.arrive()
        in_slack(studio, other)
        page = to_overview(studio.desk, context, ADA)
        took = reassign(page, ZEYNEP.name, mentor, lambda name, shown: shoot(name, shown, folder))
        sys.stdout.write(f"from the overview to a reassigned mentorship in {took:.1f} s\n")
        message(studio, page)
        context.close()


def a_mentorship_at_risk(stack: Stack) -> tuple[str, str]:
    """The student's mentor, with whom nothing has happened for long, and another mentor's name."""
    settings = environment.settings({**os.environ, "ITHACA_DATA": str(stack.data)})
    units = Units(connect(settings.service_database_url), Recorded(), clock_of(settings.clock_file))
    with units.read(SYSTEM) as reading:
        student = by_id(reading, reading.session.scalars(select(User.id).where(User.name == ZEYNEP.name)).one())
        ids = reading.session.scalars(select(Profile.user_id).where(Profile.role == Role.MENTOR).limit(2)).all()
        mentor, other = (by_id(reading, one) for one in ids)
    match_id = make.match(units, student, mentor)
    with units.work(SYSTEM) as work:
        causes = ["Nothing has been heard of a first meeting in 34 days.", "Three check-ins in a row went unanswered."]
        step = "Write to both, and ask whether they found a time."
        at = {"since": work.now, "checked_at": work.now}
        health = MatchHealth(match_id=match_id, state=HealthState.AT_RISK, causes=causes, step=step, **at)
        work.session.add(health)
    units.engine.dispose()
    return mentor.name, other.name


def message(studio: Studio, page: Page) -> None:
    """Staff write to the pair from its page."""
    page.get_by_role("button", name="Message").click()
    form = page.get_by_role("dialog", name="Write to this pair")
    form.get_by_label("Message").fill(
        "We are glad that you found each other. Write to me if a first date is hard to find."
    )
    form.get_by_label("Why? Only staff read this.").fill("They have just been matched.")
    form.locator(".modal-content").screenshot(path=PLACE / "staff-message-form.png", animations="disabled")
    form.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("Sent to both.")
    desk, pair = studio.desk, page.get_by_role("heading", name=f"{ZEYNEP.name} and").inner_text()
    desk.be(ZEYNEP.name)
    desk.conversation(pair.removeprefix(f"{ZEYNEP.name} and ")).click()
    told = desk.message("of the programme's staff writes to you")
    told.wait_for()
    studio.shoot("staff-message", told)


def in_slack(studio: Studio, mentor: str) -> None:
    """The same by command."""
    desk = studio.desk
    desk.be(ADA)
    desk.type(f"/mentor-admin match @{ZEYNEP.name} @{mentor}")
    desk.page.keyboard.press("Enter")  # the first picked the person from the list
    found = desk.message(f"{ZEYNEP.name} and {mentor}:")
    found.get_by_role("button", name="Confirm").wait_for(timeout=UNTIL_OFFERED)
    studio.shoot("admin-match", found)
    desk.press("Confirm", found)
    form = desk.modal("Match by hand")
    studio.shoot("admin-match-form", form)
    desk.send(form, "Cancel")


def shoot(name: str, page: Page, folder: Path | None) -> None:
    """Keep what the tab shows, for the docs; in a folder all of it, also on a phone."""
    page.wait_for_load_state("networkidle")
    picture = page.screenshot(path=PLACE / f"{name}.png", animations="disabled")
    sys.stdout.write(f"{name}: {len(picture)} bytes\n")
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}.png", full_page=True, animations="disabled")
        page.set_viewport_size(PHONE)
        page.screenshot(path=folder / f"{name}-phone.png", full_page=True, animations="disabled")
        page.set_viewport_size(DESK)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
