"""The measurement of whole intakes, on a small one."""

from core.uow import Units
from matching.service import Matcher
from tests.bench.cohort import run
from tests.support import factories as make
from tests.support.encoder import HashEncoder


def test_an_intake_is_a_line_under_the_head_and_shortlists_are_compared(units: Units) -> None:
    for _ in range(2):
        make.mentor(units)
    request_ids = [make.request(units, make.student(units)) for _ in range(3)]
    matcher = Matcher(units, HashEncoder())
    line = run.row(run.measure(units, matcher, request_ids))
    lengths = "\n".join(run.against_all(units, matcher, request_ids, 2))
    assert line.startswith("3 x 2")
    assert len(line) == len(run.HEAD)
    assert "all pairs scored" in lengths
