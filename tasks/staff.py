"""Staff are met before they say a word: when Slack refuses us they are told by e-mail, and must be known by then."""

import logging
from collections.abc import Iterator

from bot.gateway import Failure
from bot.payloads import Account
from core.notifications import ChannelName
from core.services.people import by_slack, remember
from core.uow import SYSTEM
from tasks.places import ask, channel_id
from tasks.runtime import Runtime

log = logging.getLogger(__name__)


def meet_staff(runtime: Runtime) -> None:
    """Remember who in the staff's channel is on staff. Of everybody else there nothing is kept.

    What cannot be asked now is asked at the next start.
    """
    try:
        team_id = runtime.bot.identity.team_id
        for user_id in _members(runtime):
            _meet(runtime, Account(team_id, user_id))
    except Failure as failure:
        log.warning("not everybody on staff is known: Slack says %s", failure.code)


def _members(runtime: Runtime) -> Iterator[str]:
    channel, cursor = channel_id(runtime.bot, ChannelName.ADMINS), None
    while True:
        page = ask(runtime.bot, "conversations.members", channel=channel, limit=200, cursor=cursor)
        yield from map(str, page["members"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
        if cursor is None:
            return


def _meet(runtime: Runtime, account: Account) -> None:
    with runtime.units.read(SYSTEM) as reading:
        if by_slack(reading, account.team_id, account.user_id):
            return
    identity = runtime.bot.identity_of(account, ask(runtime.bot, "users.info", user=account.user_id)["user"])
    if identity.active and identity.is_admin:
        with runtime.units.work(SYSTEM) as work:
            remember(work, identity)
