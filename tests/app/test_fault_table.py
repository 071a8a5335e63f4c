"""The table of faults: every case has a test, and stands in the documentation with what is expected."""

import re

from app.environment import ROOT
from tests.faults.cases import CASES

MARK = re.compile(r"@pytest\.mark\.fault\((\d+)\)")


def test_every_fault_has_a_test() -> None:
    texts = [file.read_text() for file in (ROOT / "tests").rglob("test_*.py")]
    assert {int(number) for one in texts for number in MARK.findall(one)} == set(CASES)


def test_the_documentation_has_every_fault_and_what_was_seen() -> None:
    table = (ROOT / "docs" / "faults.md").read_text()
    for number, case in CASES.items():
        row = re.search(rf"^\| {number} \| (.*) \| (.*) \| (.+) \|$", table, re.MULTILINE)
        assert row, number
        assert (row[1], row[2]) == case
