"""The admin as one application under `/admin`: the library's lists in our door, our shell and our units of work."""

import hashlib
import hmac
import logging
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path

from fastapi import FastAPI, Request, Response
from jinja2 import FileSystemLoader
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette_admin.base import BaseAdmin
from starlette_admin.routing import route
from starlette_admin.views import BaseView

from core.config import Settings
from core.uow import Units
from web.admin.calendar import day_of, last_day_of
from web.admin.lists.audit import Audit
from web.admin.lists.base import ListPage
from web.admin.lists.deliveries import Deliveries
from web.admin.lists.export import export
from web.admin.lists.health import Health
from web.admin.lists.matches import Matches
from web.admin.lists.offers import Offers
from web.admin.lists.people import Mentors, People, Students
from web.admin.lists.questions import Questions
from web.admin.lists.ratings import Ratings
from web.admin.lists.requests import Requests
from web.admin.overview import Overview
from web.admin.pages.base import OwnPage
from web.admin.pages.by_hand import ByHand
from web.admin.pages.cohort_plans import CohortPlans
from web.admin.pages.cohorts import Cohorts
from web.admin.pages.imports import Import
from web.admin.pages.settings import SettingsPage
from web.admin.pages.terms import TermsPage
from web.admin.pages.weights import WeightsPage
from web.admin.reading import StaffReading
from web.admin.shell import Nonces, Shell, Tokens
from web.admin.stories import event_words, on_readers_clock
from web.admin.ways import rows_of, rule
from web.admin.words import explain
from web.auth.cookies import SessionCookie
from web.auth.door import Door
from web.auth.pages import ADMIN, BACK_FROM_SLACK
from web.auth.slack import SlackSignIn
from web.errors import Explanation

FOLDER = Path(__file__).parent
AUTH_TEMPLATES = FOLDER.parent / "auth" / "templates"
STYLE_VERSION = hashlib.sha256((FOLDER / "static" / "ithaca.css").read_bytes()).hexdigest()[:12]
GROUPS: Mapping[str, tuple[type[ListPage | OwnPage], ...]] = {
    "Mentorships": (Health, Matches, Ratings),
    "Matching": (Requests, Offers, ByHand, Cohorts, CohortPlans, WeightsPage),
    "People": (Students, Mentors, People, Import),
    "Messages": (Questions, Deliveries),
    "Programme": (SettingsPage, TermsPage, Audit),
}
MENU = tuple(chain.from_iterable(GROUPS.values()))
LISTS = tuple(page for page in MENU if issubclass(page, ListPage))
PAGES = tuple(page for page in MENU if issubclass(page, OwnPage))


class Admin(BaseAdmin):
    """The library's pages, each in a unit of work that only reads."""

    def __init__(self, settings: Settings, units: Units) -> None:
        cookie = SessionCookie.of(settings)
        super().__init__(
            title="Ithaca",
            base_url=ADMIN,
            templates_dir=str(FOLDER / "templates"),
            additional_loaders=[FileSystemLoader(AUTH_TEMPLATES)],
            static_dir=str(FOLDER / "static"),
            auth_provider=Door(units, cookie, SlackSignIn(settings, ADMIN + BACK_FROM_SLACK)),
            index_view=Overview(),
            secret_key=_key(settings),
            middlewares=[Middleware(Shell, explain=self._explained, https=cookie.secure)],
            favicon_url=f"{ADMIN}/static/ithaca.svg",
            timezone_config=None,  # the reader's own, as Slack tells it: see web.admin.reading
        )
        self.middlewares.append(Middleware(StaffReading, units=units))
        self.templates.env.add_extension(Nonces)
        self.templates.env.globals.update(
            style_version=STYLE_VERSION,
            export_url=_export_url,
            grouped=_grouped,
            event_words=event_words,
            on_readers_clock=on_readers_clock,
            rows_of=rows_of,
            rule=rule,
            day_of=day_of,
            last_day_of=last_day_of,
        )
        for page in MENU:
            self.add_view(page)

    def _init_csrf(self) -> None:
        self.middlewares.append(Middleware(Tokens, secret_key=str(self.secret_key)))

    @route("/{key}/export/{kind}", methods=["GET"], name="export")
    async def _export(self, request: Request) -> Response:
        view = self._find_view_by_key(request.path_params["key"])
        assert isinstance(view, ListPage)  # noqa: S101 - there are no others
        return await export(view, request, request.path_params["kind"])

    async def _render_error(self, request: Request, exc: Exception = HTTPException(500)) -> Response:  # noqa: B008
        assert isinstance(exc, HTTPException)  # noqa: S101 - it is registered for these
        return self._explained(request, explain(exc))

    def _explained(self, request: Request, page: Explanation) -> Response:
        return self.templates.TemplateResponse(request, "error.html", {"page": page}, page.status)


def mount(app: FastAPI, settings: Settings, units: Units) -> None:
    """Serve the admin with this application."""
    logging.getLogger("starlette_admin").setLevel(logging.ERROR)  # the rest tells what staff search for
    Admin(settings, units).mount_to(app)


def _export_url(request: Request, key: str, kind: str) -> str:
    """Where the list that this page shows is a file, with the page's search, filters and order."""
    place = f"{ADMIN}/{key}/export/{kind}"
    return f"{place}?{request.url.query}" if request.url.query else place


def _grouped(views: Sequence[BaseView]) -> list[tuple[str, list[BaseView]]]:
    """The pages of the menu below the heading of their group; the overview below none."""
    below: dict[type, str] = {page: heading for heading, pages in GROUPS.items() for page in pages}
    headings = ("", *GROUPS)
    return [(heading, [view for view in views if below.get(type(view), "") == heading]) for heading in headings]


def _key(settings: Settings) -> str:
    """What the library signs its tokens with, derived so that nothing else can be signed with it."""
    return hmac.new(settings.secret_key.get_secret_value().encode(), b"admin pages", hashlib.sha256).hexdigest()
