"""The thread that looks for due messages goes on, whatever comes up in it."""

from datetime import timedelta
from threading import Event
from types import SimpleNamespace
from typing import cast

import pytest

from tasks import watch
from tasks.runtime import Runtime


def test_a_failure_at_the_start_or_in_a_delivery_ends_no_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    looks, looked_again = [0], Event()

    def meet_staff(_: Runtime) -> None:
        raise KeyError("team_id")

    def deliver(_: Runtime) -> None:
        looks[0] += 1
        if looks[0] > 1:
            looked_again.set()
        raise RuntimeError

    monkeypatch.setattr(watch, "meet_staff", meet_staff)
    monkeypatch.setattr(watch, "deliver", deliver)
    runtime = SimpleNamespace(rhythm=SimpleNamespace(look_every=timedelta(milliseconds=1)))
    with watch.watching(cast("Runtime", runtime)):
        assert looked_again.wait(30)
