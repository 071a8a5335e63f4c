"""What is left of an erasure once the person is nobody any more: small steps, each of which can be done twice."""

import logging
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from sqlalchemy import or_, select

from bot.gateway import Failure
from bot.views.privacy import empty_home
from core.models import Match, User
from core.queue import Job
from core.rules.matches import LIVE, MatchOver
from core.services.erased_messages import draw_others_anew, forget_messages, take_down
from core.services.erased_texts import STEPS
from core.services.erasure import SLACK_HOME, take_out
from core.services.matches import lock_match
from core.services.mentorships import end_locked
from core.uow import SYSTEM, Reading
from tasks.runtime import Runtime

SETTLED = timedelta(minutes=1)
"""No transaction lasts so long: what began before the erasure is over by then, and is taken in by the next pass."""

log = logging.getLogger(__name__)


def erase(runtime: Runtime, person_id: UUID) -> None:
    """Go on with an erasure: end what runs, take out texts, take down messages; and note when nothing is left."""
    units = runtime.units
    with units.read(SYSTEM) as reading:
        user = reading.session.get(User, person_id)
        if user is None or user.erased_at is None or user.cleared_at is not None:
            return
        account = user.preferences.get(SLACK_HOME)
        running, partners = _running(reading, person_id), _partners(reading, person_id)
    with units.work(SYSTEM) as work:
        take_out(work, person_id)  # what somebody else was about to do with them at that moment
    for match_id in running:
        with units.work(SYSTEM) as work, suppress(MatchOver):
            end_locked(work, lock_match(work, match_id))
    for step in STEPS:
        with units.work(SYSTEM) as work:
            step(work, person_id)
    with units.work(SYSTEM) as work:
        take_down(work, person_id)
        draw_others_anew(work, person_id)
        for partner_id in partners:
            work.queue(Job.REFRESH_HOME, partner_id)
    if account:
        _empty_home(runtime, account)
    with units.work(SYSTEM) as work:
        user = work.session.get_one(User, person_id, with_for_update=True)
        user.preferences = {}
        settled = user.erased_at is not None and work.now - user.erased_at >= SETTLED
        if forget_messages(work, person_id) and settled:
            user.cleared_at = work.now


def _running(reading: Reading, person_id: UUID) -> list[UUID]:
    running = select(Match.id).where(
        or_(Match.student_id == person_id, Match.mentor_id == person_id), Match.state.in_(LIVE)
    )
    return list(reading.session.scalars(running.order_by(Match.id)))


def _partners(reading: Reading, person_id: UUID) -> set[UUID]:
    pairs = select(Match.student_id, Match.mentor_id)
    rows = reading.session.execute(pairs.where(or_(Match.student_id == person_id, Match.mentor_id == person_id)))
    return {one for pair in rows for one in pair} - {person_id}


def _empty_home(runtime: Runtime, account: str) -> None:
    """Their Home tab told of them. A lost call is made good when they next open it: then we meet somebody new."""
    try:
        runtime.bot.slack.call("views.publish", user_id=account, view=empty_home())
    except Failure as failure:
        log.info("a Home tab was not emptied: %s", failure.code)
