"""Times on the command line: taken with their zone, or refused with an example."""

import argparse
from datetime import UTC, datetime, timedelta

import pytest

from app import moments
from app.cli import main


@pytest.mark.parametrize("given", ["2030-03-01T12:00Z", "2030-03-01T14:00+02:00", "2030-03-01T12:00:00.000+00:00"])
def test_a_time_is_taken_in_any_zone(given: str) -> None:
    assert moments.moment(given) == datetime(2030, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("given", ["tomorrow", "2030-03-01T12:00", "2030-13-01T12:00Z", "9999-12-31T23:59-12:00"])
def test_a_time_that_cannot_be_taken_is_named_with_what_is_wrong(given: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=r"no time: write it as in|says no time zone|too far away"):
        moments.moment(given)


def test_the_command_line_says_how_a_time_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["tick", "--at", "2030-03-01T12:00"])
    assert "'2030-03-01T12:00' says no time zone: write it as in 2030-01-31T09:00+00:00" in capsys.readouterr().err


def test_steps_are_minutes_hours_or_days() -> None:
    assert [moments.step(one) for one in ("30m", "2h", "1d")] == [
        timedelta(minutes=30), timedelta(hours=2), timedelta(days=1)
    ]  # fmt: skip
    for wrong in ("0h", "1", "1w", "-1h"):
        with pytest.raises(argparse.ArgumentTypeError, match="no length of time"):
            moments.step(wrong)


def test_a_key_for_no_days_is_refused_and_is_never_one_without_an_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert moments.days("90") == timedelta(days=90)
    for wrong in ("0", "-1", "1.5", "soon"):
        with pytest.raises(SystemExit):
            main(["token", "create", "reports", "--owner=ada@example.org", "--scope=stats:read", f"--days={wrong}"])
        assert f"{wrong!r} is no number of days: write it as in 90" in capsys.readouterr().err
