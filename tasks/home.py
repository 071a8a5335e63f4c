"""Home tabs drawn again after something changed. A lost one is drawn when the person next opens it."""

import logging
from uuid import UUID

from bot.gateway import Failure
from bot.handlers.home import publish_home
from tasks.runtime import Runtime

log = logging.getLogger(__name__)


def refresh_home(runtime: Runtime, person_id: UUID) -> None:
    """Draw a person's Home tab as things stand."""
    try:
        publish_home(runtime.bot, person_id)
    except Failure as failure:
        log.info("a Home tab was not drawn: %s", failure.code)
