"""The admin as one application under `/admin`: the library's lists in our door, our shell and our units of work."""

import hashlib
import hmac
import logging
from pathlib import Path

from fastapi import FastAPI, Request, Response
from jinja2 import FileSystemLoader
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette_admin.base import BaseAdmin

from core.config import Settings
from core.uow import Units
from web.admin.reading import StaffReading
from web.admin.shell import Nonces, Shell
from web.admin.words import explain
from web.auth.cookies import SessionCookie
from web.auth.door import Door
from web.auth.pages import ADMIN
from web.errors import Explanation

FOLDER = Path(__file__).parent
AUTH_TEMPLATES = FOLDER.parent / "auth" / "templates"
STYLE_VERSION = hashlib.sha256((FOLDER / "static" / "ithaca.css").read_bytes()).hexdigest()[:12]


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
            auth_provider=Door(units, cookie),
            secret_key=_key(settings),
            middlewares=[Middleware(Shell, explain=self._explained, https=cookie.secure)],
            timezone_config=None,  # the reader's own, as Slack tells it: see web.admin.reading
        )
        self.middlewares.append(Middleware(StaffReading, units=units))
        self.templates.env.add_extension(Nonces)
        self.templates.env.globals.update(style_version=STYLE_VERSION)

    async def _render_error(self, request: Request, exc: Exception = HTTPException(500)) -> Response:  # noqa: B008
        assert isinstance(exc, HTTPException)  # noqa: S101 - it is registered for these
        return self._explained(request, explain(exc))

    def _explained(self, request: Request, page: Explanation) -> Response:
        return self.templates.TemplateResponse(request, "error.html", {"page": page}, page.status)


def mount(app: FastAPI, settings: Settings, units: Units) -> None:
    """Serve the admin with this application."""
    logging.getLogger("starlette_admin").setLevel(logging.ERROR)  # the rest tells what staff search for
    Admin(settings, units).mount_to(app)


def _key(settings: Settings) -> str:
    """What the library signs its tokens with, derived so that nothing else can be signed with it."""
    return hmac.new(settings.secret_key.get_secret_value().encode(), b"admin pages", hashlib.sha256).hexdigest()
