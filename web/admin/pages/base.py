"""What every page with a way of its own is: it shows templates, takes forms, and goes on elsewhere after a POST."""

from typing import Any

from fastapi import Request
from starlette.responses import RedirectResponse, Response
from starlette_admin import CustomView, flash

from web.auth.pages import ADMIN, SEE_OTHER


class OwnPage(CustomView):
    """One entry of the menu, with its routes (`starlette_admin.routing.route`) below its path.

    Reads by `reading_of(request)` in a thread, changes by `act_as_staff(request, …)`: see `web.admin.reading`.
    """

    def page(self, request: Request, template: str, status: int = 200, **shown: Any) -> Response:
        """This template inside the shell of the admin."""
        assert self._admin is not None  # noqa: S101 - it is mounted before it is asked
        context = {"title": self.menu_label, **shown}
        return self._admin._template_response(request, template, context, status)

    def go(self, request: Request, place: str, said: str = "", kind: str = "success") -> Response:
        """On to a place of the admin after something was done, with a sentence that says so there."""
        if said:
            flash(request, said, kind)
        return RedirectResponse(f"{ADMIN}{place}", SEE_OTHER)

    def waiting(self, request: Request, what: str) -> Response:
        """While a matching worker computes: a page that looks again by itself, without a script."""
        return self.page(request, "waiting.html", what=what)

    def is_active(self, request: Request) -> bool:
        """Whether the menu shows this entry as the one that is open."""
        place: str = request.scope["path"]
        return place.removeprefix(request.scope["root_path"]).startswith(self.path)
