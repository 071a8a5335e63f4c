"""In which order tests run, and which of them in one process: hooks of pytest and of pytest-xdist."""

from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

A_STORY = 120.0  # seconds: less than those that ask for more
ONE_STACK = "tests/faults/"
"""A folder whose tests share what takes long to start."""
FAULT = "fault"


def together(nodeid: str) -> str:
    """What runs in one process, one test after the other: a file's tests, which share a database, a browser, a sandbox;
    and those of a folder that share a whole stack.
    """
    return ONE_STACK if nodeid.startswith(ONE_STACK) else nodeid.split("::", 1)[0]


class Together(LoadFileScheduling):  # type: ignore[misc]
    """Gives out such groups as a whole."""

    def _split_scope(self, nodeid: str) -> str:
        return together(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    """Where several processes run, they take groups."""
    return Together(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Groups whose tests may take long come first: no process shall begin one when the others have nothing left.

    A fault's number goes along with what is reported of its test.
    """
    patience: dict[str, float] = {}
    for item in items:
        group = together(item.nodeid)
        patience[group] = max(_patience(item), patience.get(group, 0.0))
        if fault := item.get_closest_marker(FAULT):
            item.user_properties.append((FAULT, fault.args[0]))
    places = {group: place for place, group in enumerate(sorted(patience, key=lambda group: -patience[group]))}
    items.sort(key=lambda item: places[together(item.nodeid)])


def _patience(item: pytest.Item) -> float:
    """How long a test may take, by what it says of itself."""
    given = item.get_closest_marker("timeout")
    story = item.get_closest_marker("journey") or item.get_closest_marker("browser")
    return float(given.args[0]) if given else A_STORY if story else 0.0
