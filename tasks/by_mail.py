"""One message by e-mail, and what becomes of it. How a letter is made and handed over stands in `tasks.mailing`."""

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta

from core.models import NotificationState, TroubleName, User
from core.notifications import MANNERS
from core.services import gates, troubles
from core.services.deliveries import Claim, Outcome, Over, Sent
from core.services.refused import out_of_reach
from core.services.routing import in_slack
from core.uow import SYSTEM
from tasks import mailing
from tasks.aftermath import again, backoff
from tasks.mailing import Failure, Meaning
from tasks.runtime import Runtime

log = logging.getLogger(__name__)


def by_mail(runtime: Runtime, claim: Claim) -> Outcome:
    """Send a letter. After an unknown outcome it goes out once more, under the same Message-ID."""
    person_id = claim.audience.person_id
    assert person_id  # noqa: S101 - only people have a mailbox
    try:
        mailing.send_mail(runtime, claim, person_id)
    except Failure as failure:
        log.warning("no e-mail for %s: %s", claim.id, failure.code)
        return WAYS[failure.meaning](runtime, claim, failure)
    with runtime.units.work(SYSTEM) as work:
        troubles.end(work, TroubleName.MAIL)
    return Sent(claim, message_id=mailing.message_id(runtime.bot.settings, claim))


def _person(runtime: Runtime, claim: Claim, failure: Failure) -> Outcome:
    """Who is in Slack, too, gets it there once Slack can be used again. Nobody waits for who cannot be reached."""
    if MANNERS[claim.kind].by_mail_only:
        return Over(claim, NotificationState.FAILED, failure.code)
    with runtime.units.work(SYSTEM) as work:
        person = work.session.get_one(User, claim.audience.person_id)
        if in_slack(person):
            return again(runtime, claim, failure.code, runtime.rhythm.longest)
        troubles.report(work, TroubleName.UNREACHED, failure.code)
        out_of_reach(work, person.id)
    return Over(claim, NotificationState.FAILED, failure.code)


def _installation(runtime: Runtime, claim: Claim, failure: Failure) -> Outcome:
    with runtime.units.work(SYSTEM) as work:
        gates.close(work, gates.MAIL, work.now + gates.TRY_AFTER, failure.code)
        troubles.report(work, TroubleName.MAIL, failure.code)
    return again(runtime, claim, failure.code, gates.TRY_AFTER)


def _wait(runtime: Runtime, claim: Claim, failure: Failure) -> Outcome:
    return again(runtime, claim, failure.code, timedelta(seconds=failure.retry_after))


def _unknown(runtime: Runtime, claim: Claim, failure: Failure) -> Outcome:
    return again(runtime, claim, failure.code, backoff(runtime, claim), uncertain=True)


def _ours(runtime: Runtime, claim: Claim, failure: Failure) -> Outcome:
    with runtime.units.work(SYSTEM) as work:
        troubles.report(work, TroubleName.DRAWING, f"{claim.kind}: {failure.code}")
    return again(runtime, claim, failure.code, runtime.rhythm.longest)


WAYS: Mapping[Meaning, Callable[[Runtime, Claim, Failure], Outcome]] = {
    Meaning.PERSON: _person,
    Meaning.INSTALLATION: _installation,
    Meaning.WAIT: _wait,
    Meaning.UNKNOWN: _unknown,
    Meaning.OURS: _ours,
}
