"""Work that staff ask of the matching workers: asked for here, done by a worker, looked at and used by staff."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from core.models import MatchingRun, ProposedPair
from core.queue import Job
from core.rules.errors import NotFound
from core.rules.runs import ASK_AGAIN, GIVE_UP, KEPT, RunKind, RunState, move
from core.uow import Reading, Work

GAVE_UP = "No worker has answered for half an hour. Please see that the matching workers run, and ask again."


@dataclass(frozen=True)
class Asked:
    """What a worker needs of a run to do it."""

    id: UUID
    kind: RunKind
    student_id: UUID | None
    match_id: UUID | None
    cohort_id: UUID | None
    params: Mapping[str, Any]


def ask_run(
    work: Work,
    kind: RunKind,
    params: Mapping[str, Any] | None = None,
    *,
    student_id: UUID | None = None,
    match_id: UUID | None = None,
    cohort_id: UUID | None = None,
) -> UUID:
    """Ask the workers for a run, as staff. Nothing else changes until somebody uses what comes back."""
    run = MatchingRun(
        kind=kind,
        asked_by_id=work.actor.user_id,
        student_id=student_id,
        match_id=match_id,
        cohort_id=cohort_id,
        params=dict(params or {}),
        created_at=work.now,
    )
    work.session.add(run)
    work.session.flush()
    work.queue(Job.RUN, run.id)
    return run.id


def asked(reading: Reading, run_id: UUID) -> Asked | None:
    """A run that waits to be done; None if that has happened, or nobody wants it any more. Raises `NotFound`."""
    run = _found(reading.session.get(MatchingRun, run_id), run_id)
    if run.state is not RunState.ASKED:
        return None
    return Asked(run.id, run.kind, run.student_id, run.match_id, run.cohort_id, run.params)


def lock_run(work: Work, run_id: UUID) -> MatchingRun:
    """The run as it is now, locked: it is the first lock of whoever uses it. Raises `NotFound`."""
    statement = select(MatchingRun).where(MatchingRun.id == run_id).with_for_update()
    return _found(work.session.scalar(statement.execution_options(populate_existing=True)), run_id)


def finish_run(work: Work, run_id: UUID, pairs: Iterable[ProposedPair], outcome: Mapping[str, Any]) -> bool:
    """Keep what a worker found, once; whether it was still wanted."""
    run = lock_run(work, run_id)
    if run.state is not RunState.ASKED:
        return False
    run.state, run.ready_at, run.outcome = move(run.state, RunState.READY), work.now, dict(outcome)
    work.session.add_all(pairs)
    return True


def fail_run(work: Work, run_id: UUID, failure: str) -> None:
    """Keep why a run could not be done: a sentence that staff read."""
    run = lock_run(work, run_id)
    if run.state is RunState.ASKED:
        run.state, run.failure = move(run.state, RunState.FAILED), failure


def drop_run(work: Work, run_id: UUID, kind: RunKind) -> None:
    """Put a run of this kind aside. Raises `RunMoved` if it was used, and `NotFound` for one of another kind."""
    run = lock_run(work, run_id)
    if run.kind is not kind:
        raise NotFound(run_id=run_id)
    if run.state is not RunState.DROPPED:
        run.state = move(run.state, RunState.DROPPED)


def use_run(work: Work, run: MatchingRun) -> None:
    """Mark a locked run as used, before anything is made of it. Raises `RunMoved`, also the second time."""
    run.state, run.used_at = move(run.state, RunState.USED), work.now


def runs_lost(reading: Reading) -> list[UUID]:
    """Runs whose worker must have been lost, by its age."""
    long_ago = MatchingRun.created_at < reading.now - ASK_AGAIN
    waiting = select(MatchingRun.id).where(MatchingRun.state == RunState.ASKED, long_ago)
    return list(reading.session.scalars(waiting.order_by(MatchingRun.created_at)))


def ask_again(work: Work, run_id: UUID) -> None:
    """Ask for a lost run again; after half an hour say that it failed."""
    run = lock_run(work, run_id)
    if run.state is RunState.ASKED and run.created_at < work.now - GIVE_UP:
        run.state, run.failure = move(run.state, RunState.FAILED), GAVE_UP
    elif run.state is RunState.ASKED:
        work.queue(Job.RUN, run.id)


def forget_runs(work: Work) -> None:
    """Forget runs that came to nothing long ago."""
    work.session.execute(
        delete(MatchingRun).where(MatchingRun.state != RunState.USED, MatchingRun.created_at < work.now - KEPT)
    )


def _found(run: MatchingRun | None, run_id: UUID) -> MatchingRun:
    if run is None:
        raise NotFound(run_id=run_id)
    return run
