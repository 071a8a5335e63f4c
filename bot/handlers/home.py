"""The Home tab: each person's dashboard."""

import logging
from uuid import UUID

from bot.blocks import Json
from bot.context import Bot
from bot.views.home import home_view
from core.services.home import home
from core.uow import member

log = logging.getLogger(__name__)
MOST_TIMES = 5


def publish_home(bot: Bot, person_id: UUID) -> None:
    """Draw a person's Home tab as things stand, until what was published is still so afterwards.

    Of two who draw at once, the one whose drawing arrives last looks again after that: what stays is never older than
    the last change. Nothing is locked while Slack is called: docs/decisions/0011-home-is-looked-at-again.md.
    """
    slack_id, view = _drawn(bot, person_id)
    for _ in range(MOST_TIMES):
        if not slack_id:
            return
        bot.slack.call("views.publish", user_id=slack_id, view=view)
        slack_id, now = _drawn(bot, person_id)
        if now == view:
            return
        view = now
    log.info("a Home tab changed while it was drawn, time and again: left to the next change")


def _drawn(bot: Bot, person_id: UUID) -> tuple[str | None, Json]:
    with bot.units.read(member(person_id)) as reading:
        found = home(reading, person_id)
    return found.person.slack_user_id, home_view(found)
