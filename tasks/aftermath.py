"""What becomes of a message that Slack did not take: one way for each meaning of an error.

Which error means what stands in `bot/gateway.py`; what each way does for people, in `docs/delivery.md`.
Two meanings have been answered before they come here: what we drew wrongly was sent once more as plain text,
and a card that cannot be changed was posted anew.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID

from bot.gateway import Failure, HeldBack, Meaning
from core.models import NotificationState, TroubleName
from core.notifications import ChannelName
from core.services import gates, people, refused, splits, troubles
from core.services.conversations import keep_conversation, people_of
from core.services.deliveries import Claim, Later, Outcome, Over
from core.uow import SYSTEM, Work
from tasks import circuit
from tasks.places import forget_channels
from tasks.runtime import Runtime

log = logging.getLogger(__name__)
State = NotificationState
OF_PEOPLE: Mapping[str, Callable[[Work, UUID, str], None]] = {
    "user_disabled": refused.account_closed,
    "cannot_dm_bot": refused.shut_out,
}
"""What Slack says of a person themselves: then what they were asked goes on to others. The other errors of this meaning
may be about a conversation or the whole workspace: who meets them is written to by e-mail, and keeps their offers."""


def after(runtime: Runtime, claim: Claim, failure: Failure) -> Outcome | None:
    """What is to be stored about a message that failed; None if that is done."""
    return WAYS[failure.meaning](runtime, claim, failure)


def _person(runtime: Runtime, claim: Claim, failure: Failure) -> Outcome | None:
    """Slack does not reach them: each is served on their own, and whom Slack cannot reach at all, by e-mail."""
    log.warning("Slack cannot deliver %s: %s", claim.id, failure.code)
    if claim.audience.channel is ChannelName.QUESTIONS:
        return _no_channel(runtime, claim, failure)
    with runtime.units.work(SYSTEM) as work:
        if claim.audience.person_id:
            OF_PEOPLE.get(failure.code, people.unreachable)(work, claim.audience.person_id, failure.code)
            return again(runtime, claim, failure.code, timedelta(0), uncertain=False)
        instead = _instead(work, claim)
        if not instead:
            troubles.report(work, TroubleName.UNREACHED, failure.code)
            return Over(claim, State.FAILED, failure.code)
        splits.split_claimed(work, claim.id, instead)
    forget_channels()
    return None


def _no_channel(runtime: Runtime, claim: Claim, failure: Failure) -> Outcome:
    """A question is for everybody, so nobody stands in for its channel: it waits until there is one. Each minute one
    message tries.
    """
    with runtime.units.work(SYSTEM) as work:
        gates.close(work, gates.key_of(gates.POST, claim.audience.channel), work.now + gates.TRY_AFTER, failure.code)
        troubles.report(work, TroubleName.CHANNEL, runtime.bot.settings.question_channel)
    forget_channels()
    return again(runtime, claim, failure.code, gates.TRY_AFTER)


def _instead(work: Work, claim: Claim) -> list[UUID]:
    if claim.audience.channel:
        return troubles.staff(work)
    keep_conversation(work, claim.audience, None)
    return people_of(work, claim.audience)


def _installation(runtime: Runtime, claim: Claim, failure: Failure) -> Outcome:
    """Nobody can be reached: the circuit opens, and the message waits until it closes again."""
    circuit.broken(runtime, failure.code)
    return again(runtime, claim, failure.code, timedelta(0))


def _wait(runtime: Runtime, claim: Claim, failure: Failure) -> Outcome:
    """Only calls with the same key wait. Who finds a gate closed goes when it opens, and does not close it again."""
    if isinstance(failure, HeldBack):
        return Later(claim, failure.until, failure.code, claim.uncertain)
    delay = timedelta(seconds=max(failure.retry_after, 1.0))
    key = gates.key_of(failure.method, _conversation(claim))
    with runtime.units.work(SYSTEM) as work:
        gates.close(work, key, work.now + delay, failure.code)
    return again(runtime, claim, failure.code, delay)


def _unknown(runtime: Runtime, claim: Claim, failure: Failure) -> Outcome:
    """It may have gone out: the next try looks first. Nobody gives up on it; if it takes long the auditor says so."""
    sent = failure.method in (gates.POST, gates.UPDATE)
    return again(runtime, claim, failure.code, backoff(runtime, claim), uncertain=claim.uncertain or sent)


def _ours(runtime: Runtime, claim: Claim, failure: Failure) -> Outcome:
    """Plain text was refused as well, or a call beside the message: staff are told, and it is tried again."""
    log.error("notification %s cannot be delivered: %s", claim.id, failure.code)
    with runtime.units.work(SYSTEM) as work:
        troubles.report(work, TroubleName.DRAWING, f"{claim.kind}: {failure.code}")
    return again(runtime, claim, failure.code, runtime.rhythm.longest)


def backoff(runtime: Runtime, claim: Claim) -> timedelta:
    """Longer with each try."""
    rhythm = runtime.rhythm
    return min(rhythm.settle * (1 << min(claim.tries - 1, 10)), rhythm.longest)


def again(runtime: Runtime, claim: Claim, code: str, delay: timedelta, *, uncertain: bool | None = None) -> Later:
    """Once more, after so long; `uncertain` whether it may have gone out, which otherwise stays as it was."""
    unsure = claim.uncertain if uncertain is None else uncertain
    return Later(claim, runtime.units.clock() + delay, code, unsure)


def _conversation(claim: Claim) -> object:
    to = claim.audience
    return to.person_id or to.match_id or to.claim_id or to.channel


WAYS: Mapping[Meaning, Callable[[Runtime, Claim, Failure], Outcome | None]] = {
    Meaning.PERSON: _person,
    Meaning.INSTALLATION: _installation,
    Meaning.WAIT: _wait,
    Meaning.UNKNOWN: _unknown,
    Meaning.OURS: _ours,
    Meaning.NO_UPDATE: _ours,  # only if Slack says so of a new post, which makes no sense
}
