"""The sweep: everything that falls due, once a minute. Whatever a lost wake-up left behind is found here."""

import logging
from collections.abc import Iterable

from tasks.periodic import PERIODIC, Periodic
from tasks.runtime import Runtime

log = logging.getLogger(__name__)


def sweep(runtime: Runtime, jobs: Iterable[Periodic] = PERIODIC) -> None:
    """Run every periodic job. One that fails keeps no other from running; failures are raised as a group at the end."""
    failures: list[Exception] = []
    for job in jobs:
        try:
            job.run(runtime)
        except Exception as failure:
            log.exception("periodic job %r failed", job.name)
            failures.append(failure)
    if failures:
        raise ExceptionGroup("the sweep did not finish", failures)
