"""Jobs that run in this process, one after the other, in place of being sent to workers."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from core.queue import Job
from tasks.runtime import Runtime

MOST = 10_000  # jobs at one moment; what is left after so many is found by the sweep


@dataclass
class Inline:
    """A queue that keeps what is asked for until it is told to run it. What is asked for twice is done once."""

    jobs: Mapping[Job, Callable[..., None]]
    ran: Counter[Job] = field(default_factory=Counter)
    failed: dict[str, Exception] = field(default_factory=dict)
    _waiting: dict[tuple[Job, tuple[str, ...]], None] = field(default_factory=dict)

    def send(self, job: Job, *args: str) -> None:
        """Keep a job. One that is not among ours is left out."""
        if job in self.jobs:
            self._waiting[job, args] = None

    def run(self, runtime: Runtime, most: int = MOST) -> int:
        """Do what is asked for, and what that asks for, until nothing is left. Returns how many jobs had to be left."""
        for _ in range(most):
            if not self._waiting:
                return 0
            job, args = next(iter(self._waiting))
            del self._waiting[job, args]
            self.ran[job] += 1
            try:
                self.jobs[job](runtime, *map(UUID, args))
            except Exception as failure:  # noqa: BLE001 - told at the end, and the next job has done nothing
                self.failed[" ".join((job, *args))] = failure
        left = len(self._waiting)
        self._waiting.clear()
        return left
