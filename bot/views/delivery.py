"""What people read of deliveries themselves: the digest of a day, and for staff, what is out of order."""

from collections.abc import Sequence

from bot.blocks import MESSAGE_BLOCKS, Message, context, message, section
from core.services.troubles import TroubleView
from core.trouble_words import OVER, WHAT
from core.words import count


def trouble_message(trouble: TroubleView) -> Message:
    """One thing that is out of order, and once it no longer is, that it is over."""
    what, advice = WHAT[trouble.name]
    if trouble.ended_at:
        good, seen = f"It is over. {OVER[trouble.name]}", f"The reason was `{trouble.code}`. Nothing is left to do."
        return message(f"{good} {seen}", [section(good), context(seen)])
    seen = f"Reason: `{trouble.code}`, met by {count(trouble.messages, 'message')} so far."
    return message(f"{what}. {advice} {seen}", [section(f"*{what}.*\n{advice}"), context(seen)])


def digest_message(texts: Sequence[str]) -> Message:
    """What was too much for one day, in the words of each message. The texts come escaped."""
    title = f"We kept {count(len(texts), 'message')} back so as not to disturb you more than three times today."
    most = MESSAGE_BLOCKS - 2
    shown = [section(text) for text in texts[:most]]
    more = len(texts) - most
    and_more = f"And {count(more, 'more', 'more')}. " if more > 0 else ""
    rest = context(f"{and_more}What you can answer stands on the Home tab.")
    return message(" ".join((title, *texts)), [section(f"*{title}*"), *shown, rest])
