"""One moment: what falls due then, and the jobs that it brings about, until nothing is left."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.changes import Change, Watched, net
from core.clock import system_clock
from core.queue import Job
from tasks.periodic import PERIODIC
from tasks.runtime import Runtime
from tasks.tick.inline import Inline


@dataclass(frozen=True)
class Moment:
    """What was done at one moment. `left`: jobs that were too many and are left to the workers."""

    at: datetime
    changes: list[Change]
    jobs: Counter[Job]
    failures: dict[str, Exception]
    left: int


class Stopped:
    """A clock that shows one moment until it is set to another."""

    def __init__(self) -> None:
        self.moment = system_clock()

    def __call__(self) -> datetime:
        """The moment."""
        return self.moment


@dataclass
class Ticking:
    """Ticks with a runtime whose units are watched, whose jobs go to the queue, and whose clock stands still."""

    runtime: Runtime
    units: Watched
    queue: Inline
    clock: Stopped

    def at(self, moment: datetime) -> Moment:
        """Everything that falls due at this moment, told with what changed."""
        self.clock.moment = moment
        failures, left = fall_due(self.runtime, self.queue)
        done = Moment(moment, net(self.units.changes), self.queue.ran, failures | self.queue.failed, left)
        self.units.changes, self.queue.ran, self.queue.failed = [], Counter(), {}
        return done


def fall_due(runtime: Runtime, queue: Inline) -> tuple[dict[str, Exception], int]:
    """What was to go out by now, every periodic job once, and what these ask for: which jobs failed, and how many
    were too many.

    Workers look for messages every second: without that here, the auditor would find them late. What fails keeps
    nothing else from happening.
    """
    queue.send(Job.DELIVER)
    queue.run(runtime)
    failures: dict[str, Exception] = {}
    for job in PERIODIC:
        try:
            job.run(runtime)
        except ExceptionGroup as group:
            failures |= {f"{job.name} {number}": one for number, one in enumerate(group.exceptions, start=1)}
        except Exception as failure:  # noqa: BLE001 - told at the end
            failures[job.name] = failure
    return failures, queue.run(runtime)


def moments(start: datetime, end: datetime, step: timedelta) -> Iterator[datetime]:
    """The start, then step by step to the end, which is always the last."""
    at = start
    while at < end:
        yield at
        at += step
    yield end
