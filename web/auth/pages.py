"""The pages for signing in and out.

A one-time link is opened by GET, which changes nothing: mail and chat programs open links too. The button on its page
sends a POST, which uses the link. Keys travel in the query and in forms, never in a path: those stand in logs.
"""

import logging
import re

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse
from starlette.templating import Jinja2Templates

from core.rules.sign_ins import Refusal
from core.services.people import Person
from core.services.sign_ins import SignedIn, sign_in, sign_in_by_slack, sign_out, who_may_enter
from core.uow import SYSTEM, Units
from web.actions.limits import BadLinks
from web.auth.cookies import SessionCookie
from web.auth.slack import Account, NotSignedIn, SlackSignIn
from web.auth.words import NOT_BY_SLACK, REFUSED, TOO_MANY
from web.errors import Explanation

ADMIN, SIGN_IN, LINK, SIGN_OUT = "/admin", "/sign-in", "/sign-in/link", "/sign-out"
SLACK, BACK_FROM_SLACK = "/sign-in/slack", "/sign-in/slack/back"
OPEN_TO_ALL = ("link", "use-link", "logout", "slack", "back-from-slack")
log = logging.getLogger(__name__)
SEE_OTHER = 303
EXPORT = "/export/"
MOST_CHARACTERS = 100
PLACE = re.compile(r"[a-z_-]+(/[a-z_-]+){0,2}")
"""What a link may name to go on to: a page of the admin and never another site, whatever the link is made to say."""


class SignInPages:
    """Draws them, and does what their buttons say."""

    def __init__(self, units: Units, cookie: SessionCookie, slack: SlackSignIn, templates: Jinja2Templates) -> None:
        self._units, self._cookie, self._slack, self._templates = units, cookie, slack, templates
        self._bad_links = BadLinks()

    async def ways(self, request: Request) -> Response:
        """How staff sign in. Who has done so goes on."""
        if _is_signed_in(request):
            return self._inside()
        return self._page(request, "sign_in.html", with_slack=self._slack.is_on)

    async def look_at_link(self, request: Request) -> Response:
        """Whom this link signs in, and the button that does it."""
        key, to = request.query_params.get("key", "")[:MOST_CHARACTERS], _place(request.query_params.get("to", ""))
        found = await run_in_threadpool(self._look, key)
        if isinstance(found, Refusal):
            return self._refused(request, found, to)
        return self._page(request, "sign_in_link.html", person=found, key=key, to=to, is_file=EXPORT in to)

    async def use_link(self, request: Request) -> Response:
        """Open a session for whom the link is for."""
        form = await request.form()
        key, to = str(form.get("key", ""))[:MOST_CHARACTERS], _place(str(form.get("to", "")))
        outcome = await run_in_threadpool(self._use, key, self._cookie.read(request))
        if isinstance(outcome, Refusal):
            return self._refused(request, outcome, to)
        answer = self._inside(to)
        self._cookie.give(answer, outcome.key)
        return answer

    async def go_to_slack(self, request: Request) -> Response:
        """Send the browser to Slack, which asks its person."""
        if not self._slack.is_on:
            return self._explained(request, NOT_BY_SLACK)
        answer = RedirectResponse("", SEE_OTHER)
        answer.headers["location"] = self._slack.begin(answer)
        return answer

    async def come_back_from_slack(self, request: Request) -> Response:
        """Open a session for whom Slack has recognised."""
        try:
            account = await run_in_threadpool(self._slack.who, request, self._units.clock())
        except NotSignedIn as why:
            log.warning("not signed in by Slack: %s", why)
            return self._explained(request, NOT_BY_SLACK)
        outcome = await run_in_threadpool(self._recognised, account, self._cookie.read(request))
        if isinstance(outcome, Refusal):
            return self._refused(request, outcome)
        answer = self._inside()
        self._slack.end(answer)
        self._cookie.give(answer, outcome.key)
        return answer

    async def leave(self, request: Request) -> Response:
        """End the session of this browser."""
        if key := self._cookie.read(request):
            await run_in_threadpool(self._leave, key)
        answer = RedirectResponse(ADMIN + SIGN_IN, SEE_OTHER)
        self._cookie.take(answer)
        return answer

    def _look(self, key: str) -> Person | Refusal:
        with self._units.read(SYSTEM) as reading:
            return who_may_enter(reading, key)

    def _use(self, key: str, before: str | None) -> SignedIn | Refusal:
        with self._units.work(SYSTEM) as work:
            return sign_in(work, key, before=before)

    def _recognised(self, account: Account, before: str | None) -> SignedIn | Refusal:
        with self._units.work(SYSTEM) as work:
            return sign_in_by_slack(work, account.team_id, account.user_id, before=before)

    def _leave(self, key: str) -> None:
        with self._units.work(SYSTEM) as work:
            sign_out(work, key)

    def _refused(self, request: Request, why: Refusal, to: str = "") -> Response:
        if why is Refusal.USED and _is_signed_in(request):
            return self._inside(to)  # the link was pressed once more, in the browser that it signed in
        address = request.client.host if request.client else ""
        too_many = why is Refusal.UNKNOWN and self._bad_links.too_many(address)
        return self._explained(request, TOO_MANY if too_many else REFUSED[why])

    def _explained(self, request: Request, what: Explanation) -> Response:
        return self._page(request, "sign_in_refused.html", what.status, page=what)

    def _page(self, request: Request, name: str, status: int = 200, **shown: object) -> Response:
        return self._templates.TemplateResponse(request, name, shown, status)

    def _inside(self, to: str = "") -> Response:
        return RedirectResponse(f"{ADMIN}/{to}", SEE_OTHER)


def _place(to: str) -> str:
    """The page to go on to; the first one if this names none."""
    return to if PLACE.fullmatch(to) else ""


def _is_signed_in(request: Request) -> bool:
    return not request.state.is_anonymous
