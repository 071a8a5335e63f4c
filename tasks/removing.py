"""One message taken down in Slack. What is gone already is as good; what Slack does not let us remove stays there."""

from bot.gateway import Failure, Meaning
from core.models import NotificationState
from core.services import gates
from core.services.deliveries import Claim, Outcome, Over, Sent
from tasks.runtime import Runtime

GONE = frozenset({"message_not_found", "channel_not_found"})
FOR_GOOD = frozenset({Meaning.NO_UPDATE, Meaning.PERSON, Meaning.OURS})


def removed(runtime: Runtime, claim: Claim) -> Outcome:
    """Take down the message that this claim is about. Raises `Failure` for what may go better later."""
    assert claim.card  # noqa: S101 - its way was decided by where it stands
    try:
        runtime.bot.slack.call(gates.DELETE, channel=claim.card.channel, ts=claim.card.ts)
    except Failure as failure:
        if failure.code not in GONE and failure.meaning in FOR_GOOD:
            return Over(claim, NotificationState.FAILED, failure.code)
        if failure.code not in GONE:
            raise
    return Sent(claim, claim.card)
