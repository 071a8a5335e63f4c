"""How long things are kept, and that the document says the same."""

from datetime import datetime, timedelta

import pytest

from app.environment import ROOT
from core.rules.retention import RULES, Retained, is_time
from tests.conftest import NOON


@pytest.mark.parametrize(
    ("keep", "said"),
    [
        (timedelta(days=1), "a day after it"),
        (timedelta(days=90), "90 days after it"),
        (timedelta(days=365), "a year after it"),
        (timedelta(days=3 * 365), "three years after it"),
        (None, "after it"),
    ],
)
def test_how_long_is_said_in_words(keep: timedelta | None, said: str) -> None:
    assert Retained("It", "after it", keep, "why").how_long == said


def test_the_document_has_each_rule_word_for_word() -> None:
    document = (ROOT / "docs" / "privacy.md").read_text()
    lines = [f"| {rule.what} | {rule.how_long} | {rule.why} |" for rule in RULES]
    assert [line for line in lines if line not in document] == []


@pytest.mark.parametrize(("hour", "now"), [(2, False), (3, True), (4, False)])
def test_old_things_are_forgotten_by_night(hour: int, now: bool) -> None:
    moment: datetime = NOON.replace(hour=hour)
    assert is_time(moment) is now


def test_what_is_older_than_its_time_goes() -> None:
    assert Retained("It", "after it", timedelta(days=90), "why").forgotten_before(NOON) == NOON - timedelta(days=90)
