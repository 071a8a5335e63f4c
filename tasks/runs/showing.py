"""A run that was asked for in Slack is answered there."""

from uuid import UUID

from bot.gateway import respond
from bot.views.manual_matches import pair_message
from core.rules.errors import NotFound
from core.services.manual_runs import manual_run
from core.uow import SYSTEM
from tasks.runtime import Runtime


def show_run(runtime: Runtime, run_id: UUID) -> None:
    """Tell who asked what was found. Slack takes it for half an hour; who misses an answer asks again."""
    with runtime.units.read(SYSTEM) as reading:
        try:
            run = manual_run(reading, run_id)
        except NotFound:
            return
    respond(run.answer_to, pair_message(run).payload())
