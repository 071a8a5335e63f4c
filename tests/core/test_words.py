"""Small pieces of English, where a number of one would give them away."""

from datetime import UTC, datetime

from core.words import day_there, meeting_length, moment_there


def test_a_meeting_of_one_minute_is_told_as_one() -> None:
    assert meeting_length(1, "In person") == "1 minute, in person"
    assert meeting_length(45, "Video") == "45 minutes, video"


def test_moments_say_whose_clock_they_are_on() -> None:
    noon = datetime(2030, 3, 4, 12, tzinfo=UTC)
    assert moment_there(noon, "Europe/Amsterdam") == "Monday 4 March, 13:00 (Amsterdam time)"
    assert day_there(datetime(2030, 3, 4, 23, 30, tzinfo=UTC), "Europe/Amsterdam") == "Tuesday 5 March"
