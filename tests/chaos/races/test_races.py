"""A small run of what `python -m tests.chaos.races` does at length."""

from core.config import Settings
from core.uow import Units
from tests.chaos.races.run import run


def test_nothing_breaks_and_nobody_waits_for_ever_when_everything_happens_at_once(
    settings: Settings, units: Units
) -> None:
    result = run(settings, units, operations=300, threads=12, seed=7)
    assert result.failures == []
    assert result.out_of_order == ()
    assert (result.broken, result.over_capacity, result.deadlocks.total()) == ((), 0, 0)
    assert result.done.total() > 100
