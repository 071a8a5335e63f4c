"""Queues for tests: one that only writes down what was asked for."""

from core.queue import Job


class Recorded:
    """Keeps the wake-ups that units of work sent after their commits."""

    def __init__(self) -> None:
        self.jobs: list[tuple[Job, tuple[str, ...]]] = []

    def send(self, job: Job, *args: str) -> None:
        self.jobs.append((job, args))

    def of(self, job: Job) -> list[tuple[str, ...]]:
        """The arguments of every wake-up for this job, in order."""
        return [args for name, args in self.jobs if name is job]
