"""A quick question on its way to the channel: similar answers are looked for, and its form shows what was found."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from bot.gateway import Failure
from bot.views.questions import draft_modal
from core.rules.errors import NotFound
from core.services.question_drafts import settle_draft
from core.services.questions import question_view
from core.services.similar_answers import similar_answers
from core.uow import SYSTEM
from tasks.places import ask
from tasks.runtime import Runtime

log = logging.getLogger(__name__)
PAUSES = (0.5, 1.0, 2.0)  # seconds
JUST_ASKED = timedelta(seconds=20)


def check_question(runtime: Runtime, question_id: UUID) -> None:
    """Look for answers to questions like this one, and post it if there are none. Safe to repeat."""
    try:
        similar = runtime.matcher.similar_questions(question_id)
    except NotFound:
        return
    with runtime.units.work(SYSTEM) as work:
        settle_draft(work, question_id, similar)


def encode_questions(runtime: Runtime) -> None:
    """Encode posted questions that nobody has encoded."""
    runtime.matcher.encode_questions()


def show_draft(runtime: Runtime, question_id: UUID, pause: Callable[[float], None] = time.sleep) -> None:
    """Show in the form that was sent what became of it, if it is still open.

    A search may be faster than Slack is with the view that the form turned into: while that is new, try again.
    """
    with runtime.units.read(SYSTEM) as reading:
        try:
            view = question_view(reading, question_id)
        except NotFound:
            return
        modal = draft_modal(view, similar_answers(reading, view))
        new = reading.now - view.created_at < JUST_ASKED
    for seconds in (0.0, *(PAUSES if new else ())):
        if seconds:
            pause(seconds)
        try:
            ask(runtime.bot, "views.update", external_id=str(question_id), view=modal)
        except Failure as failure:
            if failure.code != "not_found":
                log.info("a form was not drawn again: %s", failure.code)
                return
        else:
            return
