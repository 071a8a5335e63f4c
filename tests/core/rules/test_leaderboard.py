"""Places on the leaderboard: shared where equal, and never by anything but answers."""

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from core.rules.leaderboard import Tally, month_of, ranked


def tally(number: int, well: int, answered: int) -> Tally:
    return Tally(UUID(int=number), f"Mentor {number}", well, answered)


def test_who_did_equally_much_shares_a_place_and_the_next_is_counted_on() -> None:
    lines = ranked([tally(1, 2, 3), tally(2, 2, 3), tally(3, 2, 2), tally(4, 0, 9)])
    assert [(line.place, line.name) for line in lines] == [
        (1, "Mentor 1"),
        (1, "Mentor 2"),
        (3, "Mentor 3"),
        (4, "Mentor 4"),
    ]


def test_who_answered_nothing_has_no_line() -> None:
    assert ranked([tally(1, 0, 0)]) == ()


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=12))
def test_a_place_is_one_more_than_the_number_of_those_who_did_more(told: list[tuple[int, int]]) -> None:
    lines = ranked([tally(number, min(counts), max(counts)) for number, counts in enumerate(told)])
    for line in lines:
        better = [one for one in lines if (one.well_rated, one.answered) > (line.well_rated, line.answered)]
        assert line.place == len(better) + 1


def test_a_month_begins_at_midnight_in_utc_for_everybody() -> None:
    almost = datetime(2030, 4, 1, 1, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert month_of(almost) == datetime(2030, 3, 1, tzinfo=UTC)
