"""Matched intakes for tests: a run with its pairs, as a worker would have left it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from core.models import MatchingRun, ProposedPair
from core.rules.inputs import fingerprint
from core.rules.weights import DEFAULT
from core.services.candidates import mentor_facts, request_facts
from core.services.cohort_runs import ask_cohort_run
from core.services.matching_runs import finish_run
from core.services.people import Person
from core.uow import SYSTEM, Units, admin
from tests.support import factories as make

Wish = tuple[Person, UUID, Sequence[Person]]
"""A student, their request, and the mentors kept for them: the first one is chosen."""


def plan(
    units: Units, staff: UUID, *wishes: Wish, include_offered: bool = False, cohort_id: UUID | None = None
) -> UUID:
    """A plan that waits to be looked at: of each student the first mentor is chosen, the others are kept."""
    with units.work(admin(staff)) as work:
        run_id = ask_cohort_run(work, cohort_id, include_offered=include_offered)
    told: dict[str, str] = {}
    pairs = []
    with units.read(SYSTEM) as reading:
        for student, request_id, mentors in wishes:
            told[str(request_id)] = fingerprint(request_facts(reading, request_id))
            facts = mentor_facts(reading, [one.id for one in mentors])
            told |= {str(id_): fingerprint(found.profile) for id_, found in facts.items()}
            for place, mentor in enumerate(mentors):
                proposal = make.proposal(mentor.id, 0.8 - place / 10)
                pairs.append(
                    ProposedPair(
                        run_id=run_id,
                        student_id=student.id,
                        mentor_id=mentor.id,
                        request_id=request_id,
                        score=proposal.score,
                        criteria=[part.as_json() for part in proposal.criteria],
                        chosen=place == 0,
                    )
                )
    outcome = {
        "students": len(wishes),
        "mentors": 2,
        "places": 4,
        "optimum": {"points": 80.0 * len(wishes), "students": len(wishes)},
        "greedy": {"points": 70.0 * len(wishes), "students": len(wishes)},
        "nobody": [],
        "weights": DEFAULT.as_json(),
        "weights_version": 0,
        "at": units.clock().isoformat(),
        "told": told,
        "seconds": {},
        "model": "test",
        "index_version": "test",
    }
    with units.work(SYSTEM) as work:
        assert finish_run(work, run_id, pairs, outcome)
    return run_id


def chosen(units: Units, run_id: UUID) -> dict[UUID, UUID]:
    """Who is to get whom."""
    with units.read(SYSTEM) as reading:
        rows = reading.session.execute(
            select(ProposedPair.student_id, ProposedPair.mentor_id).where(
                ProposedPair.run_id == run_id, ProposedPair.chosen
            )
        )
        return {row.student_id: row.mentor_id for row in rows}


def pairs(units: Units, run_id: UUID) -> list[ProposedPair]:
    """The chosen pairs, with what came of them."""
    with units.read(SYSTEM) as reading:
        wanted = select(ProposedPair).where(ProposedPair.run_id == run_id, ProposedPair.chosen)
        return list(reading.session.scalars(wanted.order_by(ProposedPair.id)))


def run_of(units: Units, run_id: UUID) -> MatchingRun:
    """The run as it stands."""
    with units.read(SYSTEM) as reading:
        return reading.session.get_one(MatchingRun, run_id)
