"""Mentors for one student, scored for staff who match by hand."""

from uuid import UUID

from core.models import ProposedPair
from core.queue import Job
from core.rules.errors import NotFound
from core.services.manual_runs import ANSWER_TO, NAMED
from core.services.matching_runs import Asked, fail_run, finish_run
from core.uow import SYSTEM, Work
from matching.pairs import Pair, Pairs
from tasks.runtime import Runtime

NO_PROFILE = "This student has no profile any more, so there is nothing to compare mentors with."


def score_mentors(runtime: Runtime, run: Asked) -> None:
    """Find the mentors who fit a student best, and score those whom staff named; answer in Slack if it was asked there.

    Safe to repeat: what was found first is kept.
    """
    assert run.student_id is not None  # noqa: S101 - asked for with one
    try:
        found = runtime.matcher.pairs(run.student_id, [UUID(each) for each in run.params.get(NAMED, ())])
    except NotFound:
        with runtime.units.work(SYSTEM) as work:
            fail_run(work, run.id, NO_PROFILE)
            _answer(work, run)
        return
    with runtime.units.work(SYSTEM) as work:
        kept = finish_run(work, run.id, [_kept(run, found, pair) for pair in found.found], found.outcome())
        if kept:
            _answer(work, run)


def _kept(run: Asked, found: Pairs, pair: Pair) -> ProposedPair:
    return ProposedPair(
        run_id=run.id,
        student_id=run.student_id,
        mentor_id=pair.proposal.mentor_id,
        request_id=found.request_id,
        score=pair.proposal.score,
        criteria=[part.as_json() for part in pair.proposal.criteria],
        refusals=[each.value for each in pair.objections],
    )


def _answer(work: Work, run: Asked) -> None:
    if run.params.get(ANSWER_TO):
        work.queue(Job.SHOW_RUN, run.id)
