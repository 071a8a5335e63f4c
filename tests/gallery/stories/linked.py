"""Where pages behind links in mails are photographed: a database of its own, at a time that stands still."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from fastapi import FastAPI
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from core.clock import stopped_at
from core.config import read
from core.links import Links, Purpose
from core.models import Offer
from core.rules.facts import Proposal as ProposedMentor
from core.rules.scores import Criterion, CriterionScore
from core.services.people import Person
from core.services.waves import open_wave
from core.uow import SYSTEM, Units, connect
from migrations.commands import upgrade
from tests.gallery.camera import Camera
from tests.support import factories as make
from tests.support.browsers import chromium
from tests.support.queues import Recorded
from tests.support.served import serving
from tests.support.servers import free_port, postgres
from web.actions.router import router

NOW = datetime(2030, 3, 1, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
WIDTHS = {"phone": 360, "desk": 1000}
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
    camera: Camera
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
            self.camera.keep(page.screenshot(full_page=True), self.folder / f"page-{name}-{width}.png")
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


@contextmanager
def studio(folder: Path, *, whole: bool) -> Iterator[Studio]:
    """A database, the pages on it, and a browser; the whole of it looks at them at a desk, too."""
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
            yield Studio(
                browser, Camera(browser), units, Links.of(settings), folder, tuple(WIDTHS) if whole else ("phone",)
            )
        engine.dispose()
