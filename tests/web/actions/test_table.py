"""Every purpose of a link has a page."""

from core.links import Purpose
from web.actions.table import PAGES


def test_every_purpose_has_a_page() -> None:
    assert set(PAGES) == set(Purpose)
