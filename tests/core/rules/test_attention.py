"""Quiet hours, days and digests, on every clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.attention import DIGEST, QuietHours, day_of, digest_at, quiet_until

ZONES = st.sampled_from(
    [ZoneInfo(name) for name in ("Europe/Amsterdam", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC")]
)
EARLIEST = datetime(2029, 1, 1, tzinfo=UTC).replace(tzinfo=None)
MOMENTS = st.datetimes(EARLIEST, EARLIEST + timedelta(days=700), timezones=st.just(UTC))
TIMES = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))
QUIET = st.builds(QuietHours, TIMES, TIMES)


@given(MOMENTS, ZONES, QUIET)
def test_quiet_hours_end_within_a_day_or_so_and_then_they_are_over(
    now: datetime, tz: ZoneInfo, quiet: QuietHours
) -> None:
    until = quiet_until(now, tz, quiet)
    if until is not None:
        assert now < until <= now + timedelta(hours=25)
        assert quiet_until(until, tz, quiet) is None


def test_quiet_hours_that_end_in_the_hour_that_is_skipped_are_over_once_it_is() -> None:
    tz, quiet = ZoneInfo("Europe/Amsterdam"), QuietHours(time(21), time(2))
    evening = datetime(2029, 3, 24, 22, 0, tzinfo=UTC)
    assert quiet_until(evening, tz, quiet) == datetime(2029, 3, 25, 3, 0, tzinfo=tz)
    assert digest_at(evening, tz, QuietHours(time(16), time(2))).astimezone(tz).hour == 2  # of the next night


@given(MOMENTS, ZONES, TIMES)
def test_equal_times_mean_no_quiet_hours(now: datetime, tz: ZoneInfo, moment: time) -> None:
    assert quiet_until(now, tz, QuietHours(moment, moment)) is None


@given(MOMENTS, ZONES, QUIET)
def test_a_digest_never_comes_in_quiet_hours(now: datetime, tz: ZoneInfo, quiet: QuietHours) -> None:
    moment = digest_at(now, tz, quiet)
    assert now < moment <= now + timedelta(hours=50)
    assert quiet_until(moment, tz, quiet) is None


def test_a_digest_comes_at_five_on_the_persons_clock() -> None:
    tz = ZoneInfo("America/New_York")
    moment = digest_at(datetime(2030, 3, 1, 12, 0, tzinfo=UTC), tz, QuietHours())
    assert moment.astimezone(tz).time() == DIGEST
    assert day_of(moment, tz) == "2030-03-01"


@pytest.mark.parametrize(
    ("quiet", "first", "last", "awake"),
    [
        (QuietHours(), time(21), time(7, 59), (time(8), time(12), time(20, 59))),
        (QuietHours(time(12), time(14)), time(12), time(13, 59), (time(11, 59), time(14), time(0))),
    ],
)
def test_they_begin_and_end_on_the_minute(quiet: QuietHours, first: time, last: time, awake: tuple[time, ...]) -> None:
    assert quiet.cover(first)
    assert quiet.cover(last)
    assert not any(quiet.cover(moment) for moment in awake)
