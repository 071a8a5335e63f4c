"""Imported people looked for in Slack, as many as it may be asked for in a minute; the sweep sees that it goes on."""

import logging
from datetime import timedelta

from bot.gateway import Failure, HeldBack, Meaning
from bot.payloads import Account
from core.services import gates
from core.services.people import SlackIdentity
from core.services.sought_accounts import Sought, account_found, no_account, sought_accounts
from core.uow import SYSTEM
from tasks.places import ask
from tasks.runtime import Runtime

log = logging.getLogger(__name__)
UNSURE = (Meaning.INSTALLATION, Meaning.WAIT, Meaning.UNKNOWN)


def find_accounts(runtime: Runtime) -> None:
    """Ask Slack for the accounts of those who wait for it. What it does not answer now is asked again later."""
    with runtime.units.read(SYSTEM) as reading:
        waiting = sought_accounts(reading)
    for sought in waiting:
        try:
            identity = _find(runtime, sought)
        except Failure as failure:
            _hold_back(runtime, failure)
            return
        with runtime.units.work(SYSTEM) as work:
            if identity:
                account_found(work, sought.person_id, identity)
            else:
                no_account(work, sought.person_id)


def _find(runtime: Runtime, sought: Sought) -> SlackIdentity | None:
    """The account that the file named, else that of their address, if people use it. Raises `Failure`."""
    ways = [("users.lookupByEmail", {"email": sought.email})]
    if sought.slack_named:
        ways.insert(0, ("users.info", {"user": sought.slack_named}))
    for method, by in ways:
        try:
            user = ask(runtime.bot, method, **by)["user"]
        except Failure as failure:
            if failure.meaning in UNSURE:
                raise
            continue
        if not user.get("deleted") and not user.get("is_bot"):
            return runtime.bot.identity_of(Account(runtime.bot.identity.team_id, str(user["id"])), user)
    return None


def _hold_back(runtime: Runtime, failure: Failure) -> None:
    """Nobody asks by this method before Slack takes it again."""
    log.info("accounts are looked for later: Slack says %s", failure.code)
    if failure.meaning is Meaning.WAIT and not isinstance(failure, HeldBack):
        until = timedelta(seconds=max(failure.retry_after, 1.0))
        with runtime.units.work(SYSTEM) as work:
            gates.close(work, failure.method, work.now + until, failure.code)
