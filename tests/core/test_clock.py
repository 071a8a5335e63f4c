"""A clock that is ahead: agreed on by every process that reads the same file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core import clock
from core.clock import AheadClock, clock_of, stopped_at, system_clock

NOON = datetime(2030, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that is not there yet, on a machine where it is noon."""
    monkeypatch.setattr(clock, "system_clock", stopped_at(NOON))
    return tmp_path / "ahead"


def test_without_a_file_it_is_now() -> None:
    assert clock_of(None) is system_clock


def test_two_clocks_of_one_file_agree_when_one_is_moved(file: Path) -> None:
    ours, theirs = AheadClock(file), AheadClock(file)
    assert ours() == theirs() == NOON
    ours.move(NOON + timedelta(days=3))
    assert ours() == theirs() == NOON + timedelta(days=3)


def test_it_never_goes_back(file: Path) -> None:
    ahead = AheadClock(file)
    ahead.move(NOON + timedelta(hours=2))
    ahead.move(NOON + timedelta(hours=1))
    assert ahead() == NOON + timedelta(hours=2)
    file.write_text("60")
    assert ahead() == NOON + timedelta(hours=2)
    file.unlink()
    assert ahead() == NOON + timedelta(hours=2)


@pytest.mark.parametrize("content", ["", "soon", "nan", "inf", "-3600"])
def test_what_is_no_number_of_seconds_ahead_counts_as_nothing(file: Path, content: str) -> None:
    file.write_text(content)
    assert AheadClock(file)() == NOON


def test_a_stopped_clock_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        stopped_at(datetime(2030, 3, 1, 12, 0))  # noqa: DTZ001 - that is the point
