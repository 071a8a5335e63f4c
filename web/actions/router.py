"""The door for links in e-mails, `/a/{token}`: GET and HEAD show, POST acts, and nothing here is ever a traceback.

Links are keys, so no address stands in a log and none is passed on as a referrer.
"""

import logging
import secrets
from collections.abc import Callable
from urllib.parse import urlsplit

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.requests import ClientDisconnect

from core.config import Settings
from core.links import LinkExpired, LinkInvalid, Links
from core.mailbox import Mailbox
from core.rules.errors import DomainError, NotFound
from core.uow import Units
from web import errors
from web.actions.drawing import Contact, Pages, style
from web.actions.forms import BadForm, Form
from web.actions.limits import BadLinks
from web.actions.sent import TooLarge, sent_form
from web.actions.visits import Door

log = logging.getLogger(__name__)
AT_ONCE = 8
"""Visits that are served at the same moment; more wait, so that a crowd here leaves connections to Slack's clicks."""
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
OWN_SITES = frozenset({"", "same-origin", "none"})
LATER = {"Retry-After": "60"}


def router(settings: Settings, units: Units) -> APIRouter:
    """The pages behind links, and their stylesheet."""
    site, routes = Site(settings, units), APIRouter(include_in_schema=False)
    routes.add_api_route("/assets/pages.css", style, methods=["GET", "HEAD"])
    routes.add_api_route("/a/{token:path}", site.page, methods=METHODS)
    return routes


class Site:
    """Takes requests for links apart, and answers each with a page."""

    def __init__(self, settings: Settings, units: Units) -> None:
        self._door = Door(units, Links.of(settings))
        self._pages = Pages(Contact(Mailbox.parse(settings.mail_reply_to or settings.mail_from).address))
        self._origin = _origin(settings.public_url)
        self._limiter, self._bad_links = CapacityLimiter(AT_ONCE), BadLinks()

    async def page(self, token: str, request: Request) -> Response:
        """Show what a link is about, or do what its form says."""
        address = request.client.host if request.client else ""
        if request.method == "POST":
            return await self._act(token, request, address)
        if request.method in ("GET", "HEAD"):
            return await self._threaded(address, lambda: self._pages.answer(token, self._door.look(token)))
        return self._pages.explanation(errors.NO_SUCH_WAY, {"Allow": "GET, HEAD, POST"})

    async def _act(self, token: str, request: Request, address: str) -> Response:
        try:
            form = await sent_form(request)
        except TooLarge:
            return self._pages.explanation(errors.TOO_LARGE)
        except (BadForm, ClientDisconnect):
            return self._pages.explanation(errors.NOT_FROM_THE_PAGE)
        if form.one_click:
            return await self._threaded(address, lambda: self._one_click(token, form))
        if self._is_from_elsewhere(request):
            return self._pages.explanation(errors.NOT_FROM_THE_PAGE)
        return await self._threaded(address, lambda: self._pages.answer(token, self._door.act(token, form)), form)

    def _one_click(self, token: str, form: Form) -> Response:
        """A mail program wants 200 and no redirection (RFC 8058)."""
        self._door.act(token, form)
        return self._pages.answer(token, self._door.look(token))

    def _is_from_elsewhere(self, request: Request) -> bool:
        """Whether a browser says that another site sent it. Many say `null`, because we forbid referrers."""
        site, origin = request.headers.get("sec-fetch-site", ""), request.headers.get("origin", "null")
        return site not in OWN_SITES or origin not in ("null", self._origin)

    async def _threaded(self, address: str, answer: Callable[[], Response], form: Form | None = None) -> Response:
        return await to_thread.run_sync(self._answered, address, answer, form, limiter=self._limiter)

    def _answered(self, address: str, answer: Callable[[], Response], form: Form | None) -> Response:
        """The answer, or a page that says why there is none. Where we are at fault, no word that was typed is lost."""
        try:
            return answer()
        except LinkInvalid:
            return self._refused(address)
        except LinkExpired:
            return self._pages.explanation(errors.EXPIRED_LINK)
        except NotFound:
            return self._pages.explanation(errors.NOT_HERE)
        except DomainError as error:
            return self._pages.explanation(errors.refusal(error))
        except errors.PersonErased:
            return self._pages.explanation(errors.PERSON_ERASED)
        except errors.PersonGone:
            return self._pages.explanation(errors.PERSON_GONE)
        except BadForm:
            return self._pages.explanation(errors.NOT_FROM_THE_PAGE)
        except (OperationalError, PoolTimeout) as error:
            log.warning("the database did not answer a visitor: %s", error.__class__.__name__)
            return self._pages.explanation(errors.BUSY, LATER, form)
        except Exception:
            reference = secrets.token_hex(4)  # people get a sentence, the log gets the rest
            log.exception("failed, reference %s", reference)
            return self._pages.explanation(errors.apology(reference), again=form)

    def _refused(self, address: str) -> Response:
        if self._bad_links.too_many(address):
            return self._pages.explanation(errors.TOO_MANY, LATER)
        log.info("a link was opened that is none of ours")
        return self._pages.explanation(errors.BROKEN_LINK)


def _origin(url: str) -> str:
    place = urlsplit(url)
    return f"{place.scheme}://{place.netloc}"
