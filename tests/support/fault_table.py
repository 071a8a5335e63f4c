"""A pytest plugin that prints the table of faults at the end: `./ithaca test --faults` names it."""

from collections import defaultdict
from typing import Any

import pytest

from tests.faults.cases import CASES
from tests.support.faults import SEEN
from tests.support.order import FAULT


def pytest_configure(config: pytest.Config) -> None:
    """Take part."""
    config.pluginmanager.register(Table(), "table of faults")


class Table:
    """Puts together what all processes report."""

    def __init__(self) -> None:
        self._seen: dict[int, list[str]] = defaultdict(list)
        self._failed: set[int] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take a result; how a test ended comes with every phase of it."""
        found: dict[str, Any] = dict(report.user_properties)
        number = found.get(FAULT)
        if number is None:
            return
        if report.failed:
            self._failed.add(int(number))
        if report.when == "call" and report.passed:
            self._seen[int(number)].append(str(found.get(SEEN, "as expected")))

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Print it."""
        terminalreporter.section("faults")
        for line in self.lines():
            terminalreporter.write_line(line)

    def lines(self) -> list[str]:
        """The table, in Markdown."""
        rows = [
            f"| {number} | {case.happens} | {case.expected} | {self._what(number)} |" for number, case in CASES.items()
        ]
        return ["| | case | expected | seen |", "|---|---|---|---|", *rows]

    def _what(self, number: int) -> str:
        if number in self._failed:
            return "**FAILED**"
        return "; ".join(dict.fromkeys(self._seen[number])) or "**not run**"
