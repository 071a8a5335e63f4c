"""What is left of an erasure once the person is nobody any more: small steps, each of which can be done twice."""

import logging
from contextlib import suppress
from uuid import UUID

from bot.gateway import Failure
from bot.views.privacy import empty_home
from core.queue import Job
from core.rules.matches import MatchOver
from core.services.erased_messages import draw_others_anew, forget_messages, mark_messages, take_down
from core.services.erased_texts import STEPS
from core.services.erasure import end_pass, left_of, take_out
from core.services.matches import lock_match
from core.services.mentorships import end_locked
from core.uow import SYSTEM
from tasks.runtime import Runtime

log = logging.getLogger(__name__)


def erase(runtime: Runtime, person_id: UUID) -> None:
    """Go on with an erasure: end what runs, take out texts, take down messages; and note when nothing is left."""
    units = runtime.units
    with units.read(SYSTEM) as reading:
        left = left_of(reading, person_id)
    if left is None:
        return
    with units.work(SYSTEM) as work:
        unmarked = mark_messages(work, left.unmarked)
    with units.work(SYSTEM) as work:
        take_out(work, person_id)  # what somebody else was about to do with them at that moment
    for match_id in left.running:
        with units.work(SYSTEM) as work, suppress(MatchOver):
            end_locked(work, lock_match(work, match_id))
    for step in STEPS:
        with units.work(SYSTEM) as work:
            step(work, person_id)
    with units.work(SYSTEM) as work:
        take_down(work, person_id)
        draw_others_anew(work, person_id)
        for partner_id in left.partners:
            work.queue(Job.REFRESH_HOME, partner_id)
    if left.slack_account:
        _empty_home(runtime, left.slack_account)
    with units.work(SYSTEM) as work:
        quiet = not unmarked and forget_messages(work, person_id)
    with units.work(SYSTEM) as work:
        end_pass(work, person_id, unmarked, quiet=quiet)


def _empty_home(runtime: Runtime, account: str) -> None:
    """Their Home tab told of them. A lost call is made good when they next open it: then we meet somebody new."""
    try:
        runtime.bot.slack.call("views.publish", user_id=account, view=empty_home())
    except Failure as failure:
        log.info("a Home tab was not emptied: %s", failure.code)
