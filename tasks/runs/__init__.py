"""What staff ask of the matching workers, one file for each kind of run."""

import logging
from collections.abc import Callable, Mapping
from uuid import UUID

from core.rules.errors import NotFound
from core.rules.runs import RunKind
from core.services.matching_runs import Asked, asked, fail_run
from core.uow import SYSTEM
from tasks.runs.cohort import match_cohort
from tasks.runs.manual import score_mentors
from tasks.runs.weights import preview_weights
from tasks.runtime import Runtime

log = logging.getLogger(__name__)
FAILED = "Something went wrong on our side. It is in the log; please ask again."

RUNS: Mapping[RunKind, Callable[[Runtime, Asked], None]] = {
    RunKind.WEIGHTS: preview_weights,
    RunKind.MANUAL: score_mentors,
    RunKind.COHORT: match_cohort,
}
"""What does a run of each kind. Each keeps what it found by `finish_run`."""


def do_run(runtime: Runtime, run_id: UUID) -> None:
    """Do what staff asked for. Safe to repeat: what was found is kept once."""
    try:
        with runtime.units.read(SYSTEM) as reading:
            run = asked(reading, run_id)
    except NotFound:
        return
    if run is None:
        return
    try:
        RUNS[run.kind](runtime, run)
    except Exception:
        log.exception("run %s, %s", run.id, run.kind)
        with runtime.units.work(SYSTEM) as work:
            fail_run(work, run.id, FAILED)
