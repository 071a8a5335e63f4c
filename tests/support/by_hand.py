"""Runs for staff who match by hand, as a worker finishes them."""

from uuid import UUID

from core.models import ProposedPair
from core.rules.eligibility import Refusal
from core.rules.manual_matches import Past
from core.services.manual_runs import ask_mentors
from core.services.matching_runs import finish_run
from core.services.people import Person
from core.uow import SYSTEM, Units, admin
from tests.support import factories as make


def ready_run(
    units: Units,
    staff: Person,
    student: Person,
    *mentors: Person,
    match_id: UUID | None = None,
    against: tuple[Refusal | Past, ...] = (),
) -> UUID:
    """A run that found these mentors for a student, best first; of the last, `against` is known."""
    with units.work(admin(staff.id)) as work:
        run_id = ask_mentors(work, student.id, match_id=match_id)
    with units.work(SYSTEM) as work:
        pairs = [
            ProposedPair(
                run_id=run_id,
                student_id=student.id,
                mentor_id=mentor.id,
                score=found.score,
                criteria=[part.as_json() for part in found.criteria],
                refusals=[each.value for each in (against if mentor is mentors[-1] else ())],
            )
            for place, mentor in enumerate(mentors)
            for found in [make.proposal(mentor.id, 0.8 - place / 10)]
        ]
        assert finish_run(work, run_id, pairs, {"model": "test"})
    return run_id
