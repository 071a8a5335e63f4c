"""A match moves as drawn in docs/states.md, and in no other way."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from core.rules.matches import LIVE, MOVES, MatchOver, MatchState, NoSuchMove, move, pause_is_over, require_live

NOON = datetime(2030, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(("old", "new"), list(product(MatchState, MatchState)))
def test_every_move_is_allowed_or_refused_with_the_state(old: MatchState, new: MatchState) -> None:
    if new in MOVES[old]:
        assert move(old, new) is new
    else:
        with pytest.raises(NoSuchMove if old in LIVE else MatchOver) as refused:
            move(old, new)
        assert refused.value.facts["state"] is old


def test_what_is_over_is_never_live_and_stays_over() -> None:
    assert {state for state in MatchState if not MOVES[state]} == set(MatchState) - LIVE


@pytest.mark.parametrize("state", MatchState)
def test_only_a_running_match_can_be_looked_after(state: MatchState) -> None:
    if state in LIVE:
        require_live(state)
    else:
        with pytest.raises(MatchOver):
            require_live(state)


def test_a_pause_is_over_at_its_end() -> None:
    assert pause_is_over(NOON, NOON)
    assert not pause_is_over(NOON + timedelta(seconds=1), NOON)
    assert not pause_is_over(None, NOON)
