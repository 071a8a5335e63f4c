"""Takes the pictures of the pages behind links in mails: `python -m tests.journeys.browser.gallery_pages [FOLDER]`.

Every page in every state, on a database of its own at a time that stands still: on a phone, and with a folder of your
own at a desk too.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from fastapi import FastAPI
from playwright.sync_api import Browser, Page
from sqlalchemy import select, update

from app.environment import ROOT
from core.clock import stopped_at
from core.config import read
from core.links import Links, Purpose
from core.models import Offer, Profile, User, new_id
from core.rules.checkins import AskKind, CheckInAnswer
from core.rules.facts import Proposal as ProposedMentor
from core.rules.roles import PersonState
from core.rules.scores import Criterion, CriterionScore
from core.services.asks import answer_check_in
from core.services.meetings import HeldMeeting, correct_meeting, log_meeting
from core.services.offer_questions import answer_question, ask_before_deciding
from core.services.offers import accept_offer
from core.services.people import Person
from core.services.requests import cancel_request
from core.services.scheduling import Proposal, pick_time, propose_meeting
from core.services.waves import open_wave
from core.uow import SYSTEM, Units, connect, member
from migrations.commands import upgrade
from tests.support import factories as make
from tests.support.browsers import chromium
from tests.support.queues import Recorded
from tests.support.served import serving
from tests.support.servers import free_port, postgres
from web.actions.router import router

PLACE = ROOT / "docs" / "screenshots"
NOW = datetime(2030, 3, 1, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
WIDTHS = {"phone": 360, "desk": 1000}
LARGEST = 200_000
TOLD = {
    "headline": "Biology student who codes",
    "goals": "I want to work on data in drug discovery, and to know by next summer whether a doctorate is for me.",
    "about": "I row, and I run a small data club at the faculty.",
}
WHY = (
    CriterionScore(Criterion.GOALS, 38, 0.82, 31, TOLD["goals"], "Finding a first job in drug discovery."),
    CriterionScore(Criterion.EXPERTISE, 31, 1, 31, "Biotechnology", "Biotechnology"),
    CriterionScore(Criterion.SKILLS, 19, 0.5, 9, "Python", "Python"),
    CriterionScore(Criterion.COMMUNICATION, 6, 1, 6, "Video", "Video"),
    CriterionScore(Criterion.LOCATION, 6, 0, 0, "Rotterdam", "Amsterdam"),
    CriterionScore(Criterion.RESEARCH, 0, 0, 0),
)


@dataclass
class Studio:
    """Where the pictures are made."""

    browser: Browser
    units: Units
    links: Links
    folder: Path
    widths: tuple[str, ...]

    def shoot(self, name: str, url: str, act: Callable[[Page], object] = lambda _: None, only: str = "") -> None:
        """A picture of the whole page, after something was done there."""
        for width in [only] if only else self.widths:
            context = self.browser.new_context(viewport={"width": WIDTHS[width], "height": 780})
            page = context.new_page()
            page.goto(url)
            act(page)
            overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert overflow == 0, f"{name} is {overflow} pixels too wide"
            picture = page.screenshot(path=self.folder / f"page-{name}-{width}.png", full_page=True)
            assert len(picture) < LARGEST, f"{name} has {len(picture)} bytes"
            context.close()
        sys.stdout.write(f"{name}\n")

    def url(self, purpose: Purpose, person: Person, subject: UUID, until: datetime = LATER) -> str:
        """A link of this person's."""
        return self.links.url(purpose, person.id, subject, until)

    def asked(self, name: str = "Mia Tan") -> tuple[Person, Person, UUID, UUID]:
        """A student, the mentor who was asked, the request and the offer."""
        student, mentor = make.student(self.units, name, **TOLD), make.mentor(self.units, "Kim Alder")
        request_id = make.request(self.units, student)
        with self.units.work(SYSTEM) as work:
            assert open_wave(work, request_id, [ProposedMentor(mentor.id, 77, WHY)], make.PROVENANCE)
        with self.units.read(SYSTEM) as reading:
            offer_id = reading.session.scalars(select(Offer.id).where(Offer.mentor_id == mentor.id)).one()
        return student, mentor, request_id, offer_id


def main() -> None:
    """Take all of them."""
    folder, widths = (Path(sys.argv[1]), tuple(WIDTHS)) if len(sys.argv) > 1 else (PLACE, ("phone",))
    folder.mkdir(parents=True, exist_ok=True)
    with studio(folder, widths) as open_studio:
        takes = (
            *(offers, offer_questions, offers_over, meetings, scheduling, asks, mentoring, subscriptions),
            *(privacy, troubles),
        )
        for take in takes:
            take(open_studio)


@contextmanager
def studio(folder: Path, widths: tuple[str, ...]) -> Iterator[Studio]:
    """A database, the pages on it, and a browser."""
    port = free_port()
    with postgres() as url:
        settings = read(
            {
                "DATABASE_URL": url,
                "REDIS_URL": "redis://127.0.0.1:1/0",
                "SLACK_BOT_TOKEN": "xoxb-none",
                "SLACK_SIGNING_SECRET": "none",
                "ITHACA_SECRET_KEY": "a secret key for pictures alone",
                "ITHACA_PUBLIC_URL": f"http://127.0.0.1:{port}",
                "ITHACA_MAIL_FROM": "Ithaca <mentorship@example.org>",
            }
        )
        upgrade(settings)
        engine = connect(settings.service_database_url)
        units = Units(engine, Recorded(), stopped_at(NOW))
        app = FastAPI()
        app.include_router(router(settings, units))
        with serving(app, port), chromium() as browser:
            yield Studio(browser, units, Links.of(settings), folder, widths)
        engine.dispose()


def offers(at: Studio) -> None:
    _, mentor, _, offer_id = at.asked()
    decline = at.url(Purpose.OFFER_DECLINE, mentor, offer_id)
    at.shoot("offer", at.url(Purpose.OFFER_ACCEPT, mentor, offer_id))
    at.shoot("offer-profile", at.url(Purpose.PROFILE_VIEW, mentor, offer_id))
    at.shoot("offer-decline", decline)

    def too_long(page: Page) -> None:
        page.locator("textarea[name=note]").evaluate("field => field.removeAttribute('maxlength')")
        page.locator("select[name=reason]").evaluate("field => field.removeAttribute('required')")
        page.get_by_label("Note").fill("I would rather not. " * 100)
        page.get_by_role("button", name="Decline this student").click()

    at.shoot("offer-decline-errors", decline, too_long)


def offer_questions(at: Studio) -> None:
    student, mentor, _, offer_id = at.asked()
    ask = at.url(Purpose.OFFER_ASK, mentor, offer_id)
    at.shoot("offer-ask", ask)
    with at.units.work(member(mentor.id)) as work:
        question_id = ask_before_deciding(work, offer_id, "Have you worked with real data before?")
    at.shoot("offer-asked", ask)
    answer = at.url(Purpose.OFFER_QUESTION_ANSWER, student, question_id)
    at.shoot("question", answer)
    with at.units.work(member(student.id)) as work:
        answer_question(work, question_id, "Yes, with sequences from our own laboratory, for about a year.")
    at.shoot("question-answered", answer)
    at.shoot("offer-answered", at.url(Purpose.OFFER_ACCEPT, mentor, offer_id))
    student, mentor, request_id, offer_id = at.asked()
    with at.units.work(member(mentor.id)) as work:
        question_id = ask_before_deciding(work, offer_id, "Which data?")
    with at.units.work(member(student.id)) as work:
        cancel_request(work, request_id)
    at.shoot("question-over", at.url(Purpose.OFFER_QUESTION_ANSWER, student, question_id))


def offers_over(at: Studio) -> None:
    def press(button: str) -> Callable[[Page], object]:
        return lambda page: page.get_by_role("button", name=button).click()

    def declining(page: Page) -> None:
        if page.get_by_label("Reason").count():
            page.get_by_label("Reason").select_option("No time now")
            page.get_by_label("Pause new students").select_option("1 month")
            page.get_by_role("button", name="Decline this student").click()

    for name, purpose, act in (
        ("offer-accepted", Purpose.OFFER_ACCEPT, press("Accept")),
        ("offer-declined", Purpose.OFFER_DECLINE, declining),
    ):
        for width in at.widths:
            _, mentor, _, offer_id = at.asked()
            at.shoot(name, at.url(purpose, mentor, offer_id), act, width)
    student, mentor, request_id, offer_id = at.asked()
    other = make.mentor(at.units)
    with at.units.work(member(student.id)) as work:
        cancel_request(work, request_id)
    at.shoot("offer-withdrawn", at.url(Purpose.OFFER_ACCEPT, mentor, offer_id))
    request_id = make.request(at.units, student)
    make.wave(at.units, request_id, other, mentor)
    with at.units.read(SYSTEM) as reading:
        rows = reading.session.scalars(select(Offer).where(Offer.request_id == request_id, Offer.state == "open"))
        ids = {offer.mentor_id: offer.id for offer in rows}
    with at.units.work(member(other.id)) as work:
        accept_offer(work, ids[other.id])
    at.shoot("offer-taken", at.url(Purpose.OFFER_ACCEPT, mentor, ids[mentor.id]))
    _, full, _, offer_id = at.asked()
    with at.units.work(SYSTEM) as work:
        work.session.execute(update(Profile).where(Profile.user_id == full.id).values(max_mentees=0))
    at.shoot("offer-no-room", at.url(Purpose.OFFER_ACCEPT, full, offer_id), press("Accept"))


def meetings(at: Studio) -> None:
    _, mentor, _, offer_id = at.asked()
    with at.units.work(member(mentor.id)) as work:
        match_id = accept_offer(work, offer_id)
    url = at.url(Purpose.MATCH_LOG, mentor, match_id)
    at.shoot("meeting", url)

    def send(page: Page) -> None:
        if page.get_by_label("Kind").count():
            page.get_by_label("Kind").select_option("Video")
            page.get_by_label("Notes").fill("We looked at her first analysis.")
            page.get_by_role("button", name="Save").click()

    at.shoot("meeting-noted", url, send)


def scheduling(at: Studio) -> None:
    student, mentor = make.student(at.units, "Mia Tan"), make.mentor(at.units, "Kim Alder")
    match_id = make.match(at.units, student, mentor)
    at.shoot("schedule", at.url(Purpose.MEETING_SCHEDULE, mentor, match_id))
    times = tuple(NOW + timedelta(days=day) for day in (2, 3, 4))
    with at.units.work(member(mentor.id)) as work:
        meeting_id = propose_meeting(work, Proposal(match_id, times, 45, "Video", "Your plan for spring"))
    at.shoot("pick", at.url(Purpose.MEETING_PICK, student, meeting_id))
    with at.units.work(member(student.id)) as work:
        pick_time(work, meeting_id, 0)
    at.shoot("planned", at.url(Purpose.MEETING, student, meeting_id))
    told = HeldMeeting(match_id, NOW.date(), 45, "Video", "We made a plan.", ("Mia: read chapter 3 by 2030-03-08",))
    with at.units.work(member(mentor.id)) as work:
        held_id = log_meeting(work, told)
    with at.units.work(member(student.id)) as work:
        correct_meeting(work, held_id, replace(told, minutes=60, notes="", action_items=()))
    at.shoot("told-differently", at.url(Purpose.MEETING, mentor, held_id))


def asks(at: Studio) -> None:
    mia, sheet_id = make.student(at.units, "Mia Tan"), new_id()
    match_id = make.match(at.units, mia, make.mentor(at.units, "Kim Alder"))
    other = make.match(at.units, mia, make.mentor(at.units, "Noor Bakker"))
    ask_id = make.ask(at.units, match_id, mia)
    at.shoot("check-in", at.url(Purpose.CHECK_IN_WELL, mia, ask_id))
    with at.units.work(member(mia.id)) as work:
        answer_check_in(work, ask_id, CheckInAnswer.COULD_BE_BETTER)
    at.shoot("check-in-answered", at.url(Purpose.CHECK_IN_WELL, mia, ask_id))
    survey = make.ask(at.units, match_id, mia, kind=AskKind.SURVEY, slot="day 30", sheet_id=sheet_id)
    make.ask(at.units, other, mia, slot="day 14", sheet_id=sheet_id)
    at.shoot("survey", at.url(Purpose.ASK_RATE, mia, survey))
    at.shoot("feedback", at.url(Purpose.FEEDBACK, mia, match_id))
    at.shoot("help", at.url(Purpose.HELP, mia, match_id))

    def send(page: Page) -> None:
        if page.get_by_label("What happened?").count():
            page.get_by_label("What happened?").fill("They write to me at night.")
            page.get_by_role("button", name="Send to staff").click()

    at.shoot("help-sent", at.url(Purpose.HELP, mia, match_id), send)


def mentoring(at: Studio) -> None:
    mentor = make.mentor(at.units)
    with at.units.read(SYSTEM) as reading:
        profile_id = reading.session.scalars(select(Profile.id).where(Profile.user_id == mentor.id)).one()
    at.shoot("pause", at.url(Purpose.PAUSE, mentor, profile_id))

    def press(page: Page) -> None:
        button = page.get_by_role("button", name="Pause")
        if button.count():
            button.click()

    at.shoot("paused", at.url(Purpose.PAUSE, mentor, profile_id), press)


def subscriptions(at: Studio) -> None:
    person = make.student(at.units)
    url = at.url(Purpose.UNSUBSCRIBE, person, person.id)
    at.shoot("unsubscribe", url)

    def press(page: Page) -> None:
        if page.get_by_role("button").count():
            page.get_by_role("button", name="Unsubscribe").click()

    at.shoot("unsubscribed", url, press)


def privacy(at: Studio) -> None:
    somebody = make.student(at.units, "Mia Tan", **TOLD)
    at.shoot("privacy", at.url(Purpose.PRIVACY, somebody, somebody.id))
    at.shoot("own-data", at.url(Purpose.OWN_DATA, somebody, somebody.id))

    def press(page: Page) -> None:
        if page.get_by_role("button", name="Erase me").count():
            page.get_by_label("Type erase to go on").fill("erase")
            page.get_by_role("button", name="Erase me").click()

    for width in at.widths:
        gone = make.mentor(at.units)
        at.shoot("erased", at.url(Purpose.PRIVACY, gone, gone.id), press, width)


def troubles(at: Studio) -> None:
    person = make.student(at.units)
    at.shoot("expired", at.url(Purpose.OFFER_ACCEPT, person, person.id, NOW - timedelta(days=1)))
    at.shoot("broken", at.url(Purpose.OFFER_ACCEPT, person, person.id)[:-4])
    at.shoot("not-here", at.url(Purpose.OFFER_ACCEPT, person, person.id))
    with at.units.work(SYSTEM) as work:
        work.session.get_one(User, person.id).state = PersonState.LEFT
    at.shoot("closed", at.url(Purpose.OFFER_ACCEPT, person, person.id))


if __name__ == "__main__":
    main()
