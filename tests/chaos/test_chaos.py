"""A small run of what `python -m tests.chaos` does at length."""

import pytest

from tests.chaos.run import Plan, run


@pytest.mark.journey
@pytest.mark.timeout(400)  # its own patience ends before
def test_no_message_is_lost_or_comes_twice_while_workers_are_killed() -> None:
    result = run(Plan(messages=40, kills=3, lease=5.0, seed=7), lambda _: None)
    assert (result.messages, result.lost, result.twice, result.strangers) == (40, 0, 0, 0)
    assert result.kills == 3
