"""Action items on one line: a name and a day are read where they stand, and nothing is lost where they do not."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.rules.action_items import MOST_TEXT, Item, check, parse
from core.rules.errors import InvalidFields

ANA, BEN = UUID(int=1), UUID(int=2)
NAMES = {ANA: "Ana María Díaz", BEN: "Ben Okafor"}
DAY = date(2031, 2, 3)


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("read chapter 3", Item("read chapter 3")),
        ("Ana: read chapter 3 by 2031-02-03", Item("read chapter 3", ANA, DAY)),
        ("ben okafor:  write to Kim", Item("write to Kim", BEN)),
        ("Both: meet Kim by 2031-02-03.", Item("meet Kim", None, DAY)),
        ("read chapter 3 BY 2031-02-03", Item("read chapter 3", None, DAY)),
        ("María: read", Item("María: read")),
        ("Kim: read", Item("Kim: read")),
        ("Ana: ", Item("Ana:")),
        ("by 2031-02-03", Item("by 2031-02-03")),
        ("read by 2031-02-30", Item("read by 2031-02-30")),
        ("read by tomorrow", Item("read by tomorrow")),
        ("stand by 2031-02-03 and read", Item("stand by 2031-02-03 and read")),
        ("https://example.org: see", Item("https://example.org: see")),
        ("  ", Item("")),
    ],
)
def test_a_line_is_read(line: str, item: Item) -> None:
    assert parse(line, NAMES) == item


def test_a_name_that_both_have_names_nobody() -> None:
    same = {ANA: "Ana Díaz", BEN: "Ana Okafor"}
    assert parse("Ana: read", same) == Item("Ana: read")
    assert parse("Ana Okafor: read", same) == Item("read", BEN)


@given(some.text(max_size=100))
def test_any_line_keeps_its_words(line: str) -> None:
    item = parse(line, NAMES)
    assert item.text in line or item.text == parse(item.text, NAMES).text


@pytest.mark.parametrize("text", ["", " \n", "x" * (MOST_TEXT + 1)])
def test_an_item_says_something_short(text: str) -> None:
    with pytest.raises(InvalidFields):
        check(text)
