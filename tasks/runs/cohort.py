"""A whole intake is matched: scored, solved, and kept for staff to look at."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from core.models import ProposedPair
from core.rules.inputs import fingerprint
from core.services.cohort_runs import Wanted
from core.services.intakes import intake_of
from core.services.matching_runs import Asked, finish_run
from core.uow import SYSTEM
from matching.cohorts import Matched
from tasks.alone import alone
from tasks.runtime import Runtime

LONG_WORK = "matching of a whole intake"


def match_cohort(runtime: Runtime, run: Asked) -> None:
    """Match an intake. One at a time in the whole service, so that a worker's other threads are left for students.

    A second one is left to the sweep, which asks for it again.
    """
    with alone(runtime.units.engine, LONG_WORK) as nobody_else:
        if not nobody_else:
            return
        wanted = Wanted.from_json(run.params)
        with runtime.units.read(SYSTEM) as reading:
            request_ids = intake_of(reading, run.cohort_id, include_offered=wanted.include_offered)
        matcher = runtime.matcher
        found = matcher.match_intake(request_ids)
        outcome = outcome_of(found) | {"model": matcher.model, "index_version": matcher.sources.index.version}
        with runtime.units.work(SYSTEM) as work:
            finish_run(work, run.id, pairs_of(run.id, found), outcome)


def pairs_of(run_id: UUID, found: Matched) -> Iterator[ProposedPair]:
    """The mentors kept for each student, as rows."""
    for student in found.students:
        for proposal in student.kept:
            yield ProposedPair(
                run_id=run_id,
                student_id=student.request.student.user_id,
                mentor_id=proposal.mentor_id,
                request_id=student.request.request_id,
                score=proposal.score,
                criteria=[part.as_json() for part in proposal.criteria],
                chosen=proposal.mentor_id == student.chosen,
            )


def outcome_of(found: Matched) -> dict[str, Any]:
    """What was found besides pairs: how much better than greedy, who is left over, and what explains the scores."""
    kept = {proposal.mentor_id for student in found.students for proposal in student.kept}
    told = {str(student.request.request_id): fingerprint(student.request) for student in found.students}
    return {
        "students": len(found.students),
        "mentors": len(found.mentors),
        "places": found.places,
        "optimum": found.optimum.as_json(),
        "greedy": found.greedy.as_json(),
        "nobody": [
            {
                "student": str(student.request.student.user_id),
                "request": str(student.request.request_id),
                "refused": dict(student.refused),
            }
            for student in found.students
            if not student.kept
        ],
        "weights": found.weights.as_json(),
        "weights_version": found.weights.version,
        "at": found.at.isoformat(),
        "told": told | {str(id_): fingerprint(found.mentors[id_]) for id_ in sorted(kept)},
        "seconds": dict(found.seconds),
    }
