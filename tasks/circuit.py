"""The circuit breaker (Nygard, "Release It!"): while Slack refuses the app itself, nothing is sent there.

Once a minute one message that waits is tried (`core.services.claims`). When Slack takes it, all that waited goes
out by itself. A call such as `auth.test` would not tell: it passes where a scope is missing.
"""

import logging

from core.models import TroubleName
from core.services import gates, troubles
from core.uow import SYSTEM
from tasks.runtime import Runtime

log = logging.getLogger(__name__)


def broken(runtime: Runtime, code: str) -> None:
    """Slack refuses the app: stop sending, and tell staff once."""
    log.error("Slack refuses the installation (%s): nothing is sent there until it is mended", code)
    with runtime.units.work(SYSTEM) as work:
        gates.close(work, gates.INSTALLATION, work.now + gates.TRY_AFTER, code)
        troubles.report(work, TroubleName.INSTALLATION, code)


def mended(runtime: Runtime) -> None:
    """Slack took the message that was tried."""
    with runtime.units.work(SYSTEM) as work:
        gates.open_again(work, gates.INSTALLATION)
        troubles.end(work, TroubleName.INSTALLATION)
    log.info("Slack takes the app again: what waited goes out now")
