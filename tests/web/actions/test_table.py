"""Every purpose of a link has a page."""

from core.links import Purpose
from web.actions.table import PAGES


def test_every_purpose_has_a_page() -> None:
    missing = [
        f"Purpose.{purpose.name} has no page in PAGES of web/actions/table.py"
        for purpose in set(Purpose) - PAGES.keys()
    ]
    assert not missing, "; ".join(missing)
