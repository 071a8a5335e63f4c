"""The auditor: once a minute it says what is stuck, and puts back what can be put back."""

import logging

from core.models import TroubleName
from core.queue import Job
from core.services import gates, troubles
from core.services.claims import put_back_abandoned
from core.services.stuck import PATIENCE, stuck
from core.uow import SYSTEM
from tasks.runtime import Runtime

log = logging.getLogger(__name__)


def audit_deliveries(runtime: Runtime) -> None:
    """Put back what dead processes left, wake deliveries, and report what should have gone out and has not."""
    with runtime.units.work(SYSTEM) as work:
        put_back_abandoned(work)
        gates.forget(work)
        troubles.end_old(work)
        work.queue(Job.DELIVER)
        found = stuck(work)
        if found.count:
            ids = ", ".join(str(id_) for id_ in found.ids)
            log.error("%s notifications are late by more than %s: %s", found.count, PATIENCE, ids)
            troubles.report(work, TroubleName.STUCK, f"late by more than {PATIENCE.seconds} seconds", found.count)
        else:
            troubles.end(work, TroubleName.STUCK)
