"""Lists of what can be typed."""

from collections.abc import Mapping

from bot.blocks import Message, message, section


def command_list(intro: str, commands: Mapping[str, str]) -> Message:
    """Commands with what they do, a line each."""
    text = "\n".join((intro, *(f"• `{command}`: {what}" for command, what in commands.items())))
    return message(text, [section(text)])
