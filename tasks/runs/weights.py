"""Other weights tried on recent waves, for staff to look at before these count."""

from core.rules.weights import Weights
from core.services.matching_runs import Asked, finish_run
from core.services.weight_previews import BASE, POINTS
from core.uow import SYSTEM
from tasks.runtime import Runtime


def preview_weights(runtime: Runtime, run: Asked) -> None:
    """Compute what the weights of a run would change against those that counted when it was asked for."""
    new = Weights.from_json(0, run.params[POINTS])
    found = runtime.matcher.preview_weights(run.params[BASE], new)
    with runtime.units.work(SYSTEM) as work:
        finish_run(work, run.id, (), found.as_json())
