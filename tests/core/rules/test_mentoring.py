"""What comes of a mentor's silence, and when a pause is over."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.rules.mentoring import PAUSE, SILENT_BEFORE_PAUSE, Silence, after_silence, is_paused

NOW = datetime(2030, 3, 1, 12, tzinfo=UTC)


def test_the_third_silence_in_a_row_begins_a_pause() -> None:
    ignored = 0
    for _ in range(SILENT_BEFORE_PAUSE - 1):
        outcome = after_silence(ignored, None, NOW)
        assert outcome.paused_until is None
        ignored = outcome.ignored
    assert after_silence(ignored, None, NOW) == Silence(SILENT_BEFORE_PAUSE, NOW + PAUSE)
    assert after_silence(ignored, None, NOW, most=SILENT_BEFORE_PAUSE + 1).paused_until is None


@given(st.integers(0, 20))
def test_silence_during_a_pause_is_not_held_against_anybody(ignored: int) -> None:
    assert after_silence(ignored, NOW + timedelta(seconds=1), NOW) == Silence(ignored, None)


@given(st.integers(SILENT_BEFORE_PAUSE, 20))
def test_silence_after_a_pause_that_ended_by_itself_begins_another(ignored: int) -> None:
    assert after_silence(ignored, NOW, NOW).paused_until == NOW + PAUSE


def test_a_pause_is_over_at_its_end() -> None:
    assert is_paused(NOW + timedelta(seconds=1), NOW)
    assert not is_paused(NOW, NOW)
    assert not is_paused(None, NOW)
