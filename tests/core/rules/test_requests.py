"""The request's states: only allowed moves, and a next step with a date while it is open."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.requests import (
    A_DAY,
    EDITS_A_DAY,
    MAX_WAVES,
    MOVES,
    OPEN,
    STAFF_AGAIN,
    EditedOften,
    NextStep,
    RequestClosed,
    RequestState,
    after_wave_failed,
    may_edit,
    move,
    position,
    renewed,
)

NOW = datetime(2030, 3, 1, 12, tzinfo=UTC)
any_state = st.sampled_from(RequestState)


@given(any_state)
def test_an_open_request_has_a_next_step_with_a_date_and_a_closed_one_has_none(state: RequestState) -> None:
    found = position(state, NOW)
    assert (found.next_step is not NextStep.NONE) == (state in OPEN)
    assert (found.next_step_at is not None and found.next_step_at > NOW) == (state in OPEN)


@given(any_state, any_state)
def test_only_allowed_moves_are_made(old: RequestState, new: RequestState) -> None:
    if new in MOVES[old]:
        assert move(old, new, NOW) == position(new, NOW)
    else:
        with pytest.raises(RequestClosed):
            move(old, new, NOW)


@given(st.sampled_from(sorted(OPEN)))
def test_an_open_request_can_always_be_cancelled_or_matched(state: RequestState) -> None:
    assert {RequestState.CANCELLED, RequestState.MATCHED} <= MOVES[state]


def test_nothing_leads_out_of_a_closed_request() -> None:
    assert all(not MOVES[state] for state in set(RequestState) - OPEN)


@given(st.integers(0, 10))
def test_after_the_last_wave_staff_have_it(waves: int) -> None:
    expected = RequestState.SEARCHING if waves < MAX_WAVES else RequestState.STAFF
    assert after_wave_failed(waves) is expected
    assert after_wave_failed(waves, most=waves) is RequestState.STAFF
    assert after_wave_failed(waves, most=waves + 1) is RequestState.SEARCHING


@given(st.sampled_from(sorted(OPEN)))
def test_a_date_that_passed_is_followed_by_another(state: RequestState) -> None:
    again = renewed(state, NOW)
    assert again.state is state
    assert again.next_step is position(state, NOW).next_step
    assert again.next_step_at is not None
    assert again.next_step_at > NOW


def test_staff_are_reminded_every_three_days() -> None:
    assert renewed(RequestState.STAFF, NOW).next_step_at == NOW + STAFF_AGAIN


@given(st.lists(st.timedeltas(timedelta(), timedelta(days=3)), max_size=8))
def test_edits_are_refused_exactly_while_two_waves_were_taken_back_within_a_day(ago: list[timedelta]) -> None:
    taken_back = [NOW - each for each in ago]
    recent = [moment for moment in taken_back if moment > NOW - A_DAY]
    if len(recent) < EDITS_A_DAY:
        may_edit(taken_back, NOW)
        return
    with pytest.raises(EditedOften) as refusal:
        may_edit(taken_back, NOW)
    again_at = refusal.value.facts["again_at"]
    assert isinstance(again_at, datetime)
    assert again_at > NOW
    may_edit(taken_back, again_at)
