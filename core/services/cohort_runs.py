"""Matching a whole intake: asked for by staff, done by a worker, looked at and edited before anything is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from core.models import MatchingRun, ProposedPair, User
from core.rules.cohorts import FOR_A_MATCH, NobodyToMatch, NoPlaceInPlan, PairRefused, Totals
from core.rules.eligibility import Refusal, refusals
from core.rules.errors import NotFound
from core.rules.reasons import checked_reason
from core.rules.runs import RunKind, RunMoved, RunState
from core.services.audit import Deed, Subject, record
from core.services.intakes import intake_facts, intake_mentors, intake_of
from core.services.matching_runs import ask_run, drop_run, lock_run
from core.uow import Reading, Work


@dataclass(frozen=True)
class Wanted:
    """What was asked of a run."""

    include_offered: bool

    def as_json(self) -> dict[str, Any]:
        """The form in which it is stored with the run."""
        return {"include_offered": self.include_offered}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Wanted":
        """Read what `as_json` wrote."""
        return cls(bool(stored.get("include_offered")))


def ask_cohort_run(work: Work, cohort_id: UUID | None, *, include_offered: bool = False, why: str = "") -> UUID:
    """Ask for the matching of one cohort, or of all open requests. Raises `NobodyToMatch` where there is none.

    Requests whose mentors have been asked are taken in only if staff want that: their offers are then taken back
    when the run is published, and not before.
    """
    intake = intake_of(work, cohort_id, include_offered=include_offered)
    if not intake:
        raise NobodyToMatch
    wanted = Wanted(include_offered)
    run_id = ask_run(work, RunKind.COHORT, wanted.as_json(), cohort_id=cohort_id)
    after = {"cohort": str(cohort_id) if cohort_id else None, "requests": len(intake), **wanted.as_json()}
    record(work, Deed.COHORT_RUN_ASKED, Subject.COHORT_RUN, run_id, after=after, reason=why)
    return run_id


def put_aside(work: Work, run_id: UUID, why: str = "") -> None:
    """Let a run come to nothing. Raises `RunMoved` if it was published, and `NotFound`."""
    drop_run(work, run_id, RunKind.COHORT)
    record(work, Deed.COHORT_RUN_PUT_ASIDE, Subject.COHORT_RUN, run_id, reason=why)


def choose(work: Work, run_id: UUID, student_id: UUID, mentor_id: UUID | None, why: str) -> None:
    """Choose another mentor, or nobody, for a student of a plan that is not published.

    The mentor is one of those kept for the student. Raises `RunMoved`, `NotFound`, `PairRefused`, `NoPlaceInPlan`, and
    `InvalidFields` without a reason.
    """
    why = checked_reason(why)
    run = lock_run(work, run_id)
    if run.state is not RunState.READY or run.kind is not RunKind.COHORT:
        raise RunMoved(state=run.state, wanted=RunState.READY)
    pairs = {pair.mentor_id: pair for pair in work.session.scalars(_pairs_of(run_id, student_id))}
    if not pairs or (mentor_id is not None and mentor_id not in pairs):
        raise NotFound(run_id=run_id)
    before = next((pair.mentor_id for pair in pairs.values() if pair.chosen), None)
    if before == mentor_id:
        return
    if mentor_id is not None:
        _require_allowed(work, run, pairs[mentor_id])
    for pair in pairs.values():
        pair.chosen = False
    work.session.flush()  # of one student one pair is chosen: the old one goes first
    if mentor_id is not None:
        pairs[mentor_id].chosen = True
    record(
        work,
        Deed.COHORT_RUN_EDITED,
        Subject.COHORT_RUN,
        run_id,
        before={"student": str(student_id), "mentor": before and str(before)},
        after={"student": str(student_id), "mentor": mentor_id and str(mentor_id)},
        reason=why,
    )


def _require_allowed(work: Work, run: MatchingRun, pair: ProposedPair) -> None:
    """The hard rules as they are now, and a place that nobody else in the plan has."""
    request_ids = requests_in(work, run.id)
    request = next(iter(intake_facts(work, [pair.request_id] if pair.request_id else [])), None)
    mentor, places = intake_mentors(work, request_ids, [pair.mentor_id]).get(pair.mentor_id, (None, 0))
    if request is None or mentor is None:
        raise NotFound(pair_id=pair.id)
    broken = [why for why in refusals(mentor, request, work.now) if why in FOR_A_MATCH]
    if not broken and not places:
        broken = [Refusal.EXPOSURE]
    if broken:
        raise PairRefused(refusals=[why.value for why in broken])
    others = select(User.name).join(ProposedPair, ProposedPair.student_id == User.id)
    of_mentor = ProposedPair.run_id == run.id, ProposedPair.mentor_id == pair.mentor_id, ProposedPair.chosen
    taken = work.session.scalars(others.where(*of_mentor, ProposedPair.student_id != pair.student_id)).all()
    if len(taken) >= places:
        raise NoPlaceInPlan(places=places, taken_by=sorted(taken))


def requests_in(reading: Reading, run_id: UUID) -> list[UUID]:
    """The requests that a run has somebody for."""
    asked = select(ProposedPair.request_id).where(ProposedPair.run_id == run_id).distinct()
    return [id_ for id_ in reading.session.scalars(asked) if id_ is not None]


def totals_now(reading: Reading, run_id: UUID) -> Totals:
    """What the plan comes to as it stands, edited or not."""
    chosen = select(func.coalesce(func.sum(ProposedPair.score), 0.0), func.count())
    points, students = reading.session.execute(chosen.where(ProposedPair.run_id == run_id, ProposedPair.chosen)).one()
    return Totals(points, students)


def _pairs_of(run_id: UUID, student_id: UUID) -> Select[ProposedPair]:
    return (
        select(ProposedPair)
        .where(ProposedPair.run_id == run_id, ProposedPair.student_id == student_id)
        .order_by(ProposedPair.id)
    )
