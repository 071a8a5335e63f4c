"""The drawings in docs/states.md show the moves that the rules allow, no more and no fewer."""

import re
from collections.abc import Collection, Mapping
from enum import StrEnum

import pytest

from app.environment import ROOT
from core.rules import matches, meetings, offers, questions, requests

DRAWINGS = re.findall(r"```mermaid\n(.*?)```", (ROOT / "docs" / "states.md").read_text(), re.DOTALL)
ARROW = re.compile(r"^\s*(\S+) --> (\S+?)(?::.*)?$", re.MULTILINE)
OUTSIDE = "[*]"


@pytest.mark.parametrize(
    ("drawing", "moves", "first"),
    [
        (DRAWINGS[0], requests.MOVES, {requests.RequestState.SEARCHING}),
        (DRAWINGS[1], offers.MOVES, {offers.OfferState.OPEN}),
        (DRAWINGS[2], matches.MOVES, {matches.MatchState.PENDING}),
        (DRAWINGS[3], meetings.MOVES, {meetings.MeetingState.PROPOSED, meetings.MeetingState.HELD}),
        (DRAWINGS[4], questions.MOVES, {questions.QuestionState.DRAFT}),
    ],
    ids=["request", "offer", "match", "meeting", "question"],
)
def test_the_drawing_is_the_rules(
    drawing: str, moves: Mapping[StrEnum, frozenset[StrEnum]], first: Collection[StrEnum]
) -> None:
    arrows = set(ARROW.findall(drawing))
    between = {(old, new) for old, new in arrows if OUTSIDE not in (old, new) and old != new}
    assert between == {(old.value, new.value) for old, allowed in moves.items() for new in allowed}
    assert {new for old, new in arrows if old == OUTSIDE} == {state.value for state in first}
    assert {old for old, new in arrows if new == OUTSIDE} == {
        old.value for old, allowed in moves.items() if not allowed
    }
