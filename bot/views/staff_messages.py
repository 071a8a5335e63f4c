"""What somebody on staff writes to a pair, or to one of the two: in their words, and clear about whose they are."""

from bot.blocks import Message, context, escape, mention, message, quote, quoted, section
from core.services.staff_messages import MOST, StaffMessageView
from core.staff_words import FROM_STAFF, answer_to


def staff_message(written: StaffMessageView) -> Message:
    """The message, with who wrote it and how to answer."""
    author = written.author
    name = author.name if author else ""
    named = mention(author.slack_user_id, name) if author and author.in_slack else escape(name)
    head = FROM_STAFF.format(author=escape(name) or "Somebody")
    told = answer_to(named, only_you=written.to is not None)
    return message(f"{head}: {quote(written.text, MOST)}", [section(f"*{head}*"), quoted(written.text), context(told)])
