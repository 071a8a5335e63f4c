"""Short notices: a sentence in a modal or a conversation, and a button to try again."""

from bot.blocks import Json, Message, actions, button, message, modal, section
from bot.ids import Callback


def notice_modal(sentence: str, title: str = "Please note") -> Json:
    """A sentence of ours, to read and close. What people typed must come escaped."""
    return modal(title, Callback.NOTICE, [section(sentence)])


def notice(sentence: str) -> Message:
    """The same in a conversation, for one person's eyes."""
    return message(sentence, [section(sentence)])


def open_again(action_id: str, value: str) -> Message:
    """Slack gives us three seconds to open a form. When they were over, the person can try again at once."""
    text = "That took too long, so Slack could not open the form. Please try once more."
    return message(text, [section(text), actions(button("Open it", action_id, value, style="primary"))])


def type_again() -> Message:
    """The same for what no button opens."""
    return notice("That took too long, so Slack could not open it. Please type it once more.")
