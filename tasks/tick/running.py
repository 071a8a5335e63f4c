"""A tick for real, or rehearsed: the same steps with other units of work, another Slack and another matcher."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime

from sqlalchemy import exists, select

from bot.context import Bot
from bot.gateway import Gateway
from core.changes import Watched
from core.clock import AheadClock
from core.config import Settings
from core.models import Notification, NotificationState
from core.queue import Job
from core.rehearsal import rehearsal
from core.uow import SYSTEM, Units
from embeddings.vectors import Encoder
from matching.service import Matcher
from tasks.app import JOBS
from tasks.runtime import MakeMatcher, Runtime
from tasks.tick.inline import Inline
from tasks.tick.silent import SilentGateway, SilentPostman
from tasks.tick.ticking import Moment, Stopped, Ticking

NOT_REHEARSED = frozenset({Job.REFRESH_HOME, Job.ENCODE_PROFILE, Job.ENCODE_QUESTIONS, Job.SHOW_DRAFT})
"""Nobody's news, and they would hold others up."""

PATIENCE, LOOK_AGAIN_AFTER = 10.0, 0.05


def tick(
    settings: Settings,
    units: Units,
    moments: Iterable[datetime],
    make_matcher: MakeMatcher,
    gateway: Gateway | None = None,
    stack_clock: AheadClock | None = None,
) -> Iterator[Moment]:
    """Do what falls due at each of these moments; the clock of the stack, if one is given, is moved along."""
    clock, queue = Stopped(), Inline(JOBS)
    watched = Watched(Units(units.engine, queue, clock))
    bot = Bot(settings, watched, gateway or Gateway(settings))
    with closing(Runtime(bot, make_matcher)) as runtime:
        ticking = Ticking(runtime, watched, queue, clock)
        for moment in moments:
            if stack_clock:
                _wait_for_deliveries(units)
                stack_clock.move(moment)
            yield ticking.at(moment)


def rehearse(
    settings: Settings,
    units: Units,
    moments: Sequence[datetime],
    load: Callable[[], Encoder],
    gateway: Gateway | None = None,
) -> list[Moment]:
    """What `tick` would do at these moments, one after the other. Nothing is sent, and nothing is kept.

    Where somebody has to be searched for, it begins again with the model: nobody shall wait for that with rows locked.
    """

    def once(make_matcher: MakeMatcher) -> list[Moment]:
        clock, queue = Stopped(), Inline({job: run for job, run in JOBS.items() if job not in NOT_REHEARSED})
        with rehearsal(units.engine, queue, clock) as rehearsed:
            watched = Watched(rehearsed, rehearsed=True)
            bot = Bot(settings, watched, SilentGateway(gateway or Gateway(settings)))
            with closing(Runtime(bot, make_matcher, SilentPostman(settings))) as runtime:
                ticking = Ticking(runtime, watched, queue, clock)
                return [ticking.at(moment) for moment in moments]

    try:
        return once(_without_matcher)
    except ModelNeeded:
        encoder = load()
        return once(lambda rehearsed: Matcher(rehearsed, encoder))


class ModelNeeded(BaseException):
    """A rehearsal came to a search. No failure of a job, which a tick would go on from."""


def _without_matcher(_: Units) -> Matcher:
    raise ModelNeeded


def _wait_for_deliveries(units: Units) -> None:
    """Let workers finish what they are sending: once the clock has moved, their leases are over."""
    sending = exists().where(
        Notification.state == NotificationState.SENDING, Notification.leased_until >= units.clock()
    )
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with units.read(SYSTEM) as reading:
            if not reading.session.scalar(select(sending)):
                return
        time.sleep(LOOK_AGAIN_AFTER)
