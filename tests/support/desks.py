"""The admin's own pages as staff use them without JavaScript: what stands in the middle, without menu and frame."""

from __future__ import annotations

from fastapi.testclient import TestClient

from tests.support.pages import Page

FRAME, BELOW = '<div class="page-wrapper">', "<template"


class DeskPage(Page):
    """One page of the admin, in the middle of its frame."""

    def part(self, text: str) -> str:
        """The header and the body of the page, up to what the library keeps below for its scripts."""
        _, _, rest = text.partition(FRAME)
        return f"<div>{FRAME}{rest.partition(BELOW)[0]}"


def visit(desk: TestClient, url: str) -> DeskPage:
    """Open a page of the admin."""
    return DeskPage(desk, desk.get(url, follow_redirects=True))
