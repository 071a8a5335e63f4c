"""A few calls at once, then a steady pace."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.rules.pacing import Pace, slot
from tests.conftest import NOON

PACES = st.builds(Pace, st.integers(1, 5000).map(lambda ms: timedelta(milliseconds=ms)), st.integers(1, 20))


@given(PACES, st.lists(st.integers(0, 3000), max_size=60))
def test_no_stretch_of_time_has_more_calls_than_the_pace_allows(pace: Pace, gaps: list[int]) -> None:
    now, due, calls = NOON, None, list[datetime]()
    for gap in gaps:
        now += timedelta(milliseconds=gap)
        moment, due = slot(due, pace, now)
        assert moment >= now
        calls.append(moment)
    assert calls == sorted(calls)
    for first in range(len(calls)):
        for last in range(first, len(calls)):
            allowed = pace.at_once + (calls[last] - calls[first]) / pace.every
            assert last - first + 1 <= allowed + 1e-6


@given(PACES)
def test_a_key_that_rested_long_enough_may_do_its_few_at_once_again(pace: Pace) -> None:
    _, due = slot(None, pace, NOON)
    rested = NOON + pace.every * pace.at_once
    for _ in range(pace.at_once):
        moment, due = slot(due, pace, rested)
        assert moment == rested
