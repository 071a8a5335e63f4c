"""A mentor's pause: what they read when it begins and ends."""

from datetime import datetime

from bot.blocks import Message
from bot.views.notices import notice
from bot.words import day


def paused_message(until: datetime, tz: str) -> Message:
    """The pause began; open offers and running matches are not touched by it."""
    return notice(
        f"You are paused: no new students until {day(until, tz)}. Your mentees and open offers stay as they are. "
        "Type `/mentor resume` to end the pause earlier."
    )


def resumed_message() -> Message:
    """The pause is over."""
    return notice("Welcome back. You can be offered new students again.")
