"""From a view model to HTML: escaped by default, with headers that let nothing in from elsewhere and nothing out."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fastapi import Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from core.words import meeting_length
from web.actions.forms import Form
from web.actions.visits import Answer, Outcome
from web.errors import Explanation

FOLDER = Path(__file__).parent
STYLE = (FOLDER / "static" / "pages.css").read_bytes()
STYLE_VERSION = hashlib.sha256(STYLE).hexdigest()[:12]
STATUS: Mapping[Outcome, int] = {Outcome.SHOWN: 200, Outcome.DONE: 200, Outcome.INVALID: 422, Outcome.REFUSED: 409}
EVERYWHERE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
HEADERS = {
    **EVERYWHERE,
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True)
class Contact:
    """Where people reach the programme when a page cannot help them."""

    email: str


class Pages:
    """Draws every page behind a link."""

    def __init__(self, contact: Contact) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals.update(contact=contact, style_version=STYLE_VERSION, meeting_length=meeting_length)

    def answer(self, token: str, answer: Answer) -> Response:
        """The page of a visit, or the way to it where there is nothing to show but how things stand now."""
        if answer.shown is None:
            return Response(status_code=303, headers={**HEADERS, "Location": token})
        if answer.shown.file:
            saved = {"Content-Disposition": f'attachment; filename="{answer.shown.file}"'}
            return Response(str(answer.shown.page), 200, {**HEADERS, **saved}, "application/json")
        html = self._templates.get_template(answer.shown.template).render(
            page=answer.shown.page, visit=answer.visit, form=answer.form or Form(), notice=answer.notice
        )
        return _html(html, STATUS[answer.outcome])

    def explanation(
        self, what: Explanation, headers: Mapping[str, str] | None = None, again: Form | None = None
    ) -> Response:
        """A page that says what went wrong and what to do: with a form, to send it once more as it was."""
        typed = again.typed if again else {}
        html = self._templates.get_template("explanation.html").render(page=what, again=typed, form=Form(), notice="")
        return _html(html, what.status, headers)


def _html(html: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    return Response(html, status, {**HEADERS, **(headers or {})}, "text/html")


def style() -> Response:
    """The stylesheet; its address changes with its content."""
    return Response(STYLE, 200, {**EVERYWHERE, "Cache-Control": "public, max-age=31536000, immutable"}, "text/css")
