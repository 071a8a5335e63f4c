"""Staff match by hand, from a mentorship at risk to another mentor for its student, and write to the new pair."""

import os
import sys
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
from tests.gallery.stories.studio import ADA, DESK, PHONE, ZEYNEP, Studio, studio
from tests.journeys.browser.staff_story import reassign, to_overview
from tests.journeys.browser.story import UNTIL_OFFERED
from tests.support import factories as make
from tests.support.queues import Recorded
from tests.support.stacks import Stack


def play(folder: Path, *, whole: bool) -> None:
    """A mentorship at risk, another mentor for its student, and a message to the two."""
    with studio(folder) as at:
        mentor = a_mentorship_at_risk(at.stack)
        page = to_overview(at.desk, at.context, ADA)
        page.set_default_timeout(UNTIL_OFFERED)  # the matching worker has not been asked before
        took = reassign(page, ZEYNEP.name, mentor, lambda name, shown: shoot(at, name, shown, whole=whole))
        sys.stdout.write(f"from the overview to a reassigned mentorship in {took:.1f} s\n")
        message(at, page)


def a_mentorship_at_risk(stack: Stack) -> str:
    """The student's mentor, with whom nothing has happened for long."""
    settings = environment.settings({**os.environ, "ITHACA_DATA": str(stack.data)})
    units = Units(connect(settings.service_database_url), Recorded(), clock_of(settings.clock_file))
    with units.read(SYSTEM) as reading:
        student = by_id(reading, reading.session.scalars(select(User.id).where(User.name == ZEYNEP.name)).one())
        mentors = reading.session.scalars(select(Profile.user_id).where(Profile.role == Role.MENTOR).limit(1))
        mentor = by_id(reading, mentors.one())
    match_id = make.match(units, student, mentor)
    with units.work(SYSTEM) as work:
        causes = ["Nothing has been heard of a first meeting in 34 days.", "Three check-ins in a row went unanswered."]
        step = "Write to both, and ask whether they found a time."
        at = {"since": work.now, "checked_at": work.now}
        health = MatchHealth(match_id=match_id, state=HealthState.AT_RISK, causes=causes, step=step, **at)
        work.session.add(health)
    units.engine.dispose()
    return mentor.name


def message(at: Studio, page: Page) -> None:
    """Staff write to the pair from its page."""
    page.get_by_role("button", name="Message").click()
    form = page.get_by_role("dialog", name="Write to this pair")
    form.get_by_label("Message").fill(
        "We are glad that you found each other. Write to me if a first date is hard to find."
    )
    form.get_by_label("Why? Only staff read this.").fill("They have just been matched.")
    at.shoot("staff-message-form", form.locator(".modal-content"))
    form.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("Sent to both.")


def shoot(at: Studio, name: str, page: Page, *, whole: bool) -> None:
    """What the tab shows; where it is asked for, on a phone too, as long as it is."""
    page.wait_for_load_state("networkidle")
    at.shoot(name, page)
    if whole:
        page.set_viewport_size(PHONE)
        at.camera.keep(page.screenshot(full_page=True, animations="disabled"), at.folder / f"{name}-phone.png")
        page.set_viewport_size(DESK)
