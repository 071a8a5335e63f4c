"""The door to the admin: without a session of a member of staff there is nothing behind it but the way to sign in."""

from dataclasses import dataclass

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from starlette.routing import Route
from starlette.templating import Jinja2Templates
from starlette_admin.auth import AdminUser, BaseAuthProvider

from core.services.people import Person
from core.services.sign_ins import visitor
from core.uow import SYSTEM, Units
from web.auth.cookies import SessionCookie
from web.auth.pages import BACK_FROM_SLACK, LINK, OPEN_TO_ALL, SIGN_IN, SIGN_OUT, SLACK, SignInPages
from web.auth.slack import SlackSignIn

FIXED_FILES = "/static/"


@dataclass(kw_only=True)
class Staff(AdminUser):
    """A member of staff at a page of the admin."""

    person: Person


class Door(BaseAuthProvider):
    """Knows staff by their session, and leads everybody else to the pages for signing in."""

    def __init__(self, units: Units, cookie: SessionCookie, slack: SlackSignIn) -> None:
        super().__init__(SIGN_IN, SIGN_OUT, allow_routes=OPEN_TO_ALL)
        self._units, self._cookie, self._slack = units, cookie, slack

    async def authenticate(self, request: Request) -> Staff | None:
        """Who sits there. Fixed files are for everybody, so for these nobody is looked up."""
        key = self._cookie.read(request)
        if key is None or FIXED_FILES in request.url.path:
            return None
        person = await run_in_threadpool(self._visitor, key)
        return Staff(username=person.name, person=person) if person else None

    def _visitor(self, key: str) -> Person | None:
        with self._units.work(SYSTEM) as work:
            return visitor(work, key)

    def get_routes(self, templates: Jinja2Templates) -> list[Route]:
        """The pages before the door, by the names that the library looks for."""
        pages = SignInPages(self._units, self._cookie, self._slack, templates)
        return [
            Route(SIGN_IN, pages.ways, methods=["GET"], name="login"),
            Route(LINK, pages.look_at_link, methods=["GET"], name="link"),
            Route(LINK, pages.use_link, methods=["POST"], name="use-link"),
            Route(SLACK, pages.go_to_slack, methods=["GET"], name="slack"),
            Route(BACK_FROM_SLACK, pages.come_back_from_slack, methods=["GET"], name="back-from-slack"),
            Route(SIGN_OUT, pages.leave, methods=["POST"], name="logout"),
        ]


def staff(request: Request) -> Person:
    """Who asks for this page; there is somebody behind the door only."""
    user: Staff = request.state.admin_user
    return user.person
