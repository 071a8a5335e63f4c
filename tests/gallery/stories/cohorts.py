"""The pages of cohorts: sample students who asked, a third as many synthetic mentors, matched by the real model.

One plan waits to be looked at, one was published. The docs show the pages that `SHOWN` names.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from fastapi import FastAPI
from playwright.sync_api import BrowserContext, Page

from bot.context import Bot
from bot.gateway import Gateway
from core.config import Settings
from core.links import sign_in_url
from core.queue import Unheard
from core.rules.cohorts import PublishAs
from core.services.cohort_publishing import publish
from core.services.cohort_runs import ask_cohort_run
from core.services.cohorts import make_cohort, put_in_all
from core.services.people import Person
from core.services.sign_ins import make_link
from core.uow import Units, admin, connect
from embeddings.encoder import load
from matching.service import Matcher
from tasks.cohorts import publish_cohort
from tasks.runs import do_run
from tasks.runtime import Runtime
from tests.bench.matching import filling, people
from tests.bench.scratch import database
from tests.gallery.camera import Camera
from tests.gallery.stories.admin import DESK, PHONE
from tests.support import factories as make
from tests.support.browsers import chromium
from tests.support.plans import pairs
from tests.support.served import serving
from tests.support.servers import free_port
from web.admin.site import mount

STUDENTS, SHOWN_STUDENT = 150, 3
SHOWN = ("staff-cohort-plan", "staff-cohort-plan-student", "staff-cohort-published-phone")
A_MONTH = timedelta(days=30)


def play(folder: Path, *, whole: bool) -> None:
    """Fill, match, publish one of two plans, and take the pictures."""
    with database({}) as made, programme(made, STUDENTS) as (settings, units, ada):
        cohort_id, looked_at, published = plans(settings, units, ada)
        student_id = pairs(units, looked_at)[SHOWN_STUDENT].student_id
        places = {
            "cohorts": "",
            "cohort": f"/of/{cohort_id}",
            "cohort-plan": f"/plan/{looked_at}",
            "cohort-plan-student": f"/plan/{looked_at}/student/{student_id}",
            "cohort-published": f"/plan/{published}",
        }
        app = FastAPI()
        mount(app, settings, units)
        with serving(app, int(settings.public_url.rpartition(":")[2])), chromium() as browser:
            for name, size in (("desk", DESK), ("phone", PHONE)):
                with units.work(admin(ada.id)) as work:
                    url = sign_in_url(settings, make_link(work))
                tour(
                    browser.new_context(viewport=size),
                    url,
                    settings,
                    places,
                    Keeper(Camera(browser), folder, whole),
                    name,
                )


@dataclass(frozen=True)
class Keeper:
    """Keeps what the docs show, or the `whole`, as long as pages are."""

    camera: Camera
    folder: Path
    whole: bool

    def keep(self, page: Page, name: str) -> None:
        if self.whole or name in SHOWN:
            picture = page.screenshot(full_page=self.whole, animations="disabled")
            self.camera.keep(picture, self.folder / f"{name}.png")


def tour(
    context: BrowserContext, url: str, settings: Settings, places: dict[str, str], keeper: Keeper, kind: str
) -> None:
    """Sign in, and see each page."""
    page = context.new_page()
    page.goto(url)
    page.get_by_role("button", name="Sign in").click()
    for name, place in places.items():
        page.goto(f"{settings.public_url}/admin/cohorts{place}", wait_until="networkidle")
        keeper.keep(page, f"staff-{name}{'' if kind == 'desk' else '-phone'}")


@contextmanager
def programme(made: Settings, students: int) -> Iterator[tuple[Settings, Units, Person]]:
    """Students who asked, mentors who have room, and a member of staff."""
    settings = made.model_copy(update={"public_url": f"http://127.0.0.1:{free_port()}"})
    units = Units(connect(settings.service_database_url, pool_size=20), Unheard())
    filling.add_requests(units.engine, people.requests(students))
    mentors = [filling.facts(one, number) for number, one in enumerate(people.mentors(students // 3))]
    filling.add_mentors(settings.database_url, mentors, load(settings.model))
    yield settings, units, make.person(units, "Ada Staff", is_admin=True)
    units.engine.dispose()


def plans(settings: Settings, units: Units, ada: Person) -> tuple[UUID, UUID, UUID]:
    """A cohort, a plan for it to be looked at, and one that was published."""
    matcher = Matcher(units, load(settings.model))
    runtime = Runtime(Bot(settings, units, Gateway(settings)), lambda _: matcher)
    now = units.clock()
    with units.work(admin(ada.id)) as work:
        cohort_id = make_cohort(work, f"Spring {now.year}", now - A_MONTH, now + A_MONTH)
        put_in_all(work, cohort_id, of_its_days=False)
        runs = [ask_cohort_run(work, cohort_id) for _ in range(2)]
    for run_id in runs:
        do_run(runtime, run_id)
    with units.work(admin(ada.id)) as work:
        publish(work, runs[1], PublishAs.OFFERS, "The spring intake, agreed on Tuesday")
    publish_cohort(runtime, runs[1])
    runtime.close()
    return cohort_id, runs[0], runs[1]
