"""A matched intake is published: pair by pair, in small transactions, so that nothing waits long for a lock."""

from uuid import UUID

from core.rules.eligibility import Refusal
from core.services.cohort_publishing import PairLeftOut, leave_out, publish_pair, publisher, to_publish
from core.uow import SYSTEM, Actor
from tasks.runtime import Runtime


def publish_cohort(runtime: Runtime, run_id: UUID) -> None:
    """Bring the chosen pairs of a published plan together. Safe to repeat, and for several workers at once.

    A mentor who is asked about too many now may have room once the offers of other students of the plan are taken
    back, so such pairs are tried again at the end, as long as that helps. A pair that fails does not keep the others
    waiting; the sweep tries it again.
    """
    with runtime.units.read(SYSTEM) as reading:
        waiting, actor = to_publish(reading, run_id), publisher(reading, run_id)
    failures: list[Exception] = []
    while waiting:
        later = [pair_id for pair_id in waiting if not _done(runtime, actor, pair_id, failures, is_last=False)]
        if len(later) == len(waiting):
            break
        waiting = later
    for pair_id in waiting:
        _done(runtime, actor, pair_id, failures, is_last=True)
    if failures:
        raise ExceptionGroup(f"{len(failures)} pairs were not published", failures)


def _done(runtime: Runtime, actor: Actor, pair_id: UUID, failures: list[Exception], *, is_last: bool) -> bool:
    """Whether nothing more is to be done about a pair in this round."""
    try:
        with runtime.units.work(actor) as work:
            publish_pair(work, pair_id)
    except PairLeftOut as left_out:
        if not is_last and left_out.reasons == (Refusal.EXPOSURE,):
            return False
        with runtime.units.work(actor) as work:
            leave_out(work, pair_id, left_out.reasons)
    except Exception as failure:  # noqa: BLE001 (raised at the end)
        failure.add_note(f"while publishing {pair_id}")
        failures.append(failure)
    return True
