"""The measurement of whole intakes, on a small one."""

from core.uow import Units
from matching.service import Matcher
from tests.bench.cohort import run
from tests.support import factories as make
from tests.support.encoder import HashEncoder


def test_it_prints_each_phase_and_compares_shortlists(units: Units) -> None:
    for _ in range(2):
        make.mentor(units)
    request_ids = [make.request(units, make.student(units)) for _ in range(3)]
    matcher = Matcher(units, HashEncoder())
    phases = "\n".join(run._phases(units, matcher, request_ids))
    lengths = "\n".join(run._against_all(units, matcher, request_ids, 2))
    assert "3 students, 2 mentors" in phases
    for phase in ("encoding", "scoring", "optimum", "greedy"):
        assert phase in phases
    assert "all pairs scored" in lengths
