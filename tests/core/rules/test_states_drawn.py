"""The drawings in docs/states.md show the moves that the rules allow, no more and no fewer."""

import re
from collections.abc import Mapping
from enum import StrEnum

import pytest

from app.environment import ROOT
from core.rules import offers, requests

DRAWINGS = re.findall(r"```mermaid\n(.*?)```", (ROOT / "docs" / "states.md").read_text(), re.DOTALL)
ARROW = re.compile(r"^\s*(\S+) --> (\S+?)(?::.*)?$", re.MULTILINE)
OUTSIDE = "[*]"


@pytest.mark.parametrize(
    ("drawing", "moves", "first"),
    [
        (DRAWINGS[0], requests.MOVES, requests.RequestState.SEARCHING),
        (DRAWINGS[1], offers.MOVES, offers.OfferState.OPEN),
    ],
    ids=["request", "offer"],
)
def test_the_drawing_is_the_rules(drawing: str, moves: Mapping[StrEnum, frozenset[StrEnum]], first: StrEnum) -> None:
    arrows = set(ARROW.findall(drawing))
    between = {(old, new) for old, new in arrows if OUTSIDE not in (old, new) and old != new}
    assert between == {(old.value, new.value) for old, allowed in moves.items() for new in allowed}
    assert {new for old, new in arrows if old == OUTSIDE} == {first.value}
    assert {old for old, new in arrows if new == OUTSIDE} == {
        old.value for old, allowed in moves.items() if not allowed
    }
