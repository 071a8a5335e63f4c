"""Other weights on trial: asked for by staff, computed by a worker, looked at, and used once or put aside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from core.models import MatchingRun, User
from core.rules.errors import NotFound
from core.rules.previews import Preview
from core.rules.reasons import checked_reason
from core.rules.runs import RunKind, RunState
from core.rules.scores import Criterion
from core.rules.weights import Change, Weights, changes
from core.services.matching_runs import ask_run, lock_run, use_run
from core.services.settings import require_version
from core.services.weights import change_weights, current_weights, require_change, weights_of
from core.uow import Reading, Work

BASE, POINTS = "base", "points"


@dataclass(frozen=True)
class WeightsPreview:
    """Weights on trial against a version of them. `names` are of the people in it who are still known."""

    run_id: UUID
    state: RunState
    base: Weights
    new: Weights
    is_current: bool  # the version it was compared with still counts
    asked_by: str
    asked_at: datetime
    failure: str
    found: Preview | None
    names: Mapping[str, str]

    @property
    def changes(self) -> tuple[Change, ...]:
        """What differs between the two."""
        return changes(self.base.points, self.new.points)


def ask_preview(work: Work, points: Mapping[Criterion, int], seen: int) -> UUID:
    """Ask the workers what other weights would change. `seen` is the version that the page showed.

    Raises `SettingChanged`, and `InvalidFields` for the weights that count already.
    """
    current = current_weights(work)
    require_version(current.version, seen)
    require_change(current, points)
    return ask_run(work, RunKind.WEIGHTS, {BASE: current.version, POINTS: Weights(0, points).as_json()})


def weights_preview(reading: Reading, run_id: UUID) -> WeightsPreview:
    """A trial as it stands. Raises `NotFound`."""
    run = _of_weights(reading.session.get(MatchingRun, run_id), run_id)
    found = Preview.from_json(run.outcome) if run.outcome else None
    base = weights_of(reading, run.params[BASE])
    asked_by = reading.session.scalar(select(User.name).where(User.id == run.asked_by_id))
    return WeightsPreview(
        run_id=run.id,
        state=run.state,
        base=base,
        new=Weights.from_json(0, run.params[POINTS]),
        is_current=base.version == current_weights(reading).version,
        asked_by=asked_by or "",
        asked_at=run.created_at,
        failure=run.failure,
        found=found,
        names=_names(reading, found) if found else {},
    )


def use_preview(work: Work, run_id: UUID, why: str) -> Weights:
    """Let the weights of a trial count from now on, once.

    Raises `InvalidFields`, `RunMoved`, `NotFound`, and `SettingChanged` if others have come to count since.
    """
    why = checked_reason(why)
    run = _of_weights(lock_run(work, run_id), run_id)
    use_run(work, run)
    return change_weights(work, Weights.from_json(0, run.params[POINTS]).points, run.params[BASE], why)


def _of_weights(run: MatchingRun | None, run_id: UUID) -> MatchingRun:
    if run is None or run.kind is not RunKind.WEIGHTS:
        raise NotFound(run_id=run_id)
    return run


def _names(reading: Reading, found: Preview) -> Mapping[str, str]:
    ids = {UUID(id_) for one in found.others for id_ in (one.student_id, *one.out, *one.in_)}
    return {str(id_): name for id_, name in reading.session.execute(select(User.id, User.name).where(User.id.in_(ids)))}
