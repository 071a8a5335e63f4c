"""What may be proposed for a meeting: three times from now to a year ahead, and how it is planned."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.rules.errors import InvalidFields, NotFound
from core.rules.meetings import MOST_MINUTES, MeetingBegun, TimePassed
from core.rules.profiles import TEXT
from core.rules.scheduling import FARTHEST, check_proposal, may_cancel, picked

NOW = datetime(2030, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TIMES = (NOW + MINUTE, NOW + 2 * MINUTE, NOW + FARTHEST)
GOOD: Mapping[str, Any] = {"times": TIMES, "minutes": MOST_MINUTES, "kind": "Video", "agenda": "x" * TEXT, "now": NOW}


def test_as_much_as_is_allowed_is_taken() -> None:
    check_proposal(**GOOD)
    check_proposal(**{**GOOD, "minutes": 1})


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"times": TIMES[:2]}, "first_time"),
        ({"times": (NOW, *TIMES[1:])}, "first_time"),
        ({"times": (TIMES[0], TIMES[0], TIMES[2])}, "second_time"),
        ({"times": (*TIMES[:2], NOW + FARTHEST + MINUTE)}, "third_time"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": MOST_MINUTES + 1}, "minutes"),
        ({"kind": "By pigeon"}, "kind"),
        ({"agenda": "x" * (TEXT + 1)}, "agenda"),
    ],
)
def test_each_problem_stands_at_its_field(changed: Mapping[str, Any], field: str) -> None:
    with pytest.raises(InvalidFields) as refused:
        check_proposal(**{**GOOD, **changed})
    assert set(refused.value.problems) == {field}


def test_only_a_time_that_was_proposed_and_is_to_come_can_be_picked() -> None:
    assert [picked(TIMES, index, NOW) for index in range(3)] == list(TIMES)
    for index in (-1, 3):
        with pytest.raises(NotFound):
            picked(TIMES, index, NOW)
    with pytest.raises(TimePassed):
        picked(TIMES, 0, TIMES[0])


def test_a_meeting_is_called_off_until_it_begins() -> None:
    may_cancel(None, NOW)
    may_cancel(NOW + MINUTE, NOW)
    with pytest.raises(MeetingBegun):
        may_cancel(NOW, NOW)
