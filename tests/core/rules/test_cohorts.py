"""Who joins a cohort, and how many students of it a mentor can take."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.cohorts import NAME, Intake, check_days, checked_name, joins, places
from core.rules.errors import InvalidFields

MARCH, APRIL = datetime(2031, 3, 1, tzinfo=UTC), datetime(2031, 4, 1, tzinfo=UTC)
SPRING, LATER = UUID(int=1), UUID(int=2)


def test_a_request_joins_the_one_cohort_that_runs() -> None:
    spring, later = Intake(SPRING, MARCH, APRIL), Intake(LATER, APRIL, APRIL + timedelta(days=30))
    assert joins([spring, later], MARCH) == SPRING
    assert joins([spring, later], APRIL) == LATER
    assert joins([spring, later], MARCH - timedelta(seconds=1)) is None


def test_where_two_overlap_or_days_are_missing_staff_decide() -> None:
    assert joins([Intake(SPRING, MARCH, APRIL), Intake(LATER, MARCH, APRIL)], MARCH) is None
    assert joins([Intake(SPRING, None, None)], MARCH) is None


@pytest.mark.parametrize(("since", "until"), [(APRIL, MARCH), (MARCH, MARCH), (MARCH, None), (None, APRIL)])
def test_days_that_make_no_sense_are_refused(since: datetime | None, until: datetime | None) -> None:
    with pytest.raises(InvalidFields):
        check_days(since, until)


@pytest.mark.parametrize("name", ["", "  ", "x" * (NAME + 1), "two\nlines", 'The "best"'])
def test_a_name_is_one_short_line(name: str) -> None:
    with pytest.raises(InvalidFields):
        checked_name(name)
    assert checked_name(" Spring 2031 ") == "Spring 2031"
    assert checked_name("x" * NAME) == "x" * NAME


@given(free=st.integers(0, 9), elsewhere=st.integers(0, 30))
def test_a_mentor_is_planned_for_no_more_than_can_also_be_asked(free: int, elsewhere: int) -> None:
    found = places(free, elsewhere)
    assert 0 <= found <= free
    assert found + elsewhere <= 2 * free or found == 0


def test_places_asked_for_elsewhere_are_spoken_for() -> None:
    assert [places(2, elsewhere) for elsewhere in range(6)] == [2, 2, 2, 1, 0, 0]
