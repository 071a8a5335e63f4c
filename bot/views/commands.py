"""Lists of what can be typed."""

from collections.abc import Mapping

from bot.blocks import Message, escape, message, section


def command_list(intro: str, commands: Mapping[str, str], contact: str = "") -> Message:
    """Commands with what they do, a line each, and then in staff's own words how they are reached."""
    text = "\n".join((intro, *(f"• `{command}`: {what}" for command, what in commands.items())))
    last = [section(escape(contact))] if contact else []
    return message(f"{text}\n{escape(contact)}" if contact else text, [section(text), *last])
