"""Whether an answer to an offer still counts."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.offers import MOVES, NoRoom, OfferClosed, OfferState, decide, move, remind_at, require_room

DEADLINE = datetime(2030, 3, 1, 12, tzinfo=UTC)


@given(st.integers(-(10**6), 10**6))
def test_an_open_offer_can_be_answered_until_its_deadline_and_not_after(seconds: int) -> None:
    now = DEADLINE + timedelta(seconds=seconds)
    if seconds <= 0:
        decide(OfferState.OPEN, DEADLINE, now)
    else:
        with pytest.raises(OfferClosed) as refusal:
            decide(OfferState.OPEN, DEADLINE, now)
        assert refusal.value.facts == {"state": OfferState.EXPIRED}


@given(st.sampled_from(sorted(set(OfferState) - {OfferState.OPEN})))
def test_an_offer_that_ended_says_how(state: OfferState) -> None:
    with pytest.raises(OfferClosed) as refusal:
        decide(state, DEADLINE, DEADLINE)
    assert refusal.value.facts == {"state": state}


@given(st.sampled_from(OfferState), st.sampled_from(OfferState))
def test_only_an_open_offer_ends_and_only_once(old: OfferState, new: OfferState) -> None:
    if new in MOVES[old]:
        assert old is OfferState.OPEN
        assert move(old, new) is new
    else:
        with pytest.raises(OfferClosed):
            move(old, new)


def test_a_reminder_comes_a_day_before_the_end() -> None:
    assert remind_at(DEADLINE) == DEADLINE - timedelta(hours=24)


@given(st.integers(0, 20), st.integers(0, 20))
def test_there_is_room_below_the_limit_only(current: int, most: int) -> None:
    if current < most:
        require_room(current, most)
    else:
        with pytest.raises(NoRoom):
            require_room(current, most)
