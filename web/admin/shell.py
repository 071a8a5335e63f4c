"""Around every page of the admin: headers that let nothing in from elsewhere, and errors that people can read."""

import logging
import secrets
from collections.abc import Callable

from fastapi import Request, Response
from jinja2.ext import Extension
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.types import ASGIApp
from starlette_admin.security.csrf import CSRFMiddleware

from web import errors
from web.admin.words import TOO_LONG

log = logging.getLogger(__name__)
Explain = Callable[[Request, errors.Explanation], Response]

# Of the handlers that the library's pages carry as attributes, these two: choosing columns, and how many rows.
HANDLERS = "'sha256-1kTOej9r8BqdrKqvOOEKKUY89ohUhODb3I0ruk5RdjU=' 'sha256-ttbF9nDrLLfv879RCx6O/WXCr58mqjTeSkU35O4VIsQ='"
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'unsafe-hashes' {handlers}; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
FIXED_FILES = "/static/"
A_DAY = "public, max-age=86400"
MINUTE = "60"
MOST_SENT = 16_000_000
"""Bytes of a request, which is taken into memory: a file of people on its way, and no more."""


class Nonces(Extension):
    """Marks the scripts that stand in our templates as ours: a script that found its way into a page has no mark."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Add the mark to each script of a template."""
        del name, filename
        return source.replace("<script", '<script nonce="{{ request.state.nonce }}"')


class Tokens(CSRFMiddleware):
    """The library's check that a POST came from a page of ours; files that came with the form are let go of."""

    async def _get_submitted_token(self, request: Request) -> str | None:
        try:
            return await super()._get_submitted_token(request)
        finally:
            await request.close()


class Shell(BaseHTTPMiddleware):
    """Gives each answer its headers, and takes what nobody else took."""

    def __init__(self, app: ASGIApp, explain: Explain, *, https: bool) -> None:
        super().__init__(app)
        self._explain, self._https = explain, https

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        """Answer, whatever happens inside."""
        request.state.nonce = secrets.token_urlsafe(16)
        request.state.is_anonymous = True
        if self._https:
            request.scope["scheme"] = "https"  # what people reach, though a proxy may speak to us in plain
        try:
            answer = self._explain(request, TOO_LONG) if _is_too_long(request) else await call_next(request)
        except (OperationalError, PoolTimeout) as error:
            log.warning("the database did not answer staff: %s", error.__class__.__name__)
            answer = self._explain(request, errors.BUSY)
            answer.headers["Retry-After"] = MINUTE
        except Exception:
            reference = secrets.token_hex(4)  # staff get a sentence, the log gets the rest
            log.exception("failed, reference %s", reference)
            answer = self._explain(request, errors.apology(reference))
        fixed = FIXED_FILES in request.url.path and answer.status_code < 400
        answer.headers.update(EVERYWHERE)
        answer.headers["Content-Security-Policy"] = POLICY.format(nonce=request.state.nonce, handlers=HANDLERS)
        answer.headers["Cache-Control"] = A_DAY if fixed else "no-store"
        return answer


def _is_too_long(request: Request) -> bool:
    """Whether more is sent than any page takes, or nobody says how much it is; browsers always do."""
    length = request.headers.get("content-length", "0")
    return "transfer-encoding" in request.headers or not length.isdecimal() or int(length) > MOST_SENT
