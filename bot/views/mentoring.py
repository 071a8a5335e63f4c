"""A mentor's pause: what they read when it begins and ends, and its switch."""

from datetime import datetime

from bot.blocks import Json, Message, actions, button, day_mark, message, section
from bot.ids import Action
from bot.views.notices import notice
from core.services.mentoring import PauseView
from core.words import day


def pause_button(paused_until: datetime | None) -> Json:
    """The switch."""
    return button("Resume", Action.MENTOR_RESUME) if paused_until else button("Pause", Action.MENTOR_PAUSE)


def silence_message(pause: PauseView) -> Message:
    """To a mentor who let three offers in a row expire: paused, no reproach, and one tap ends it."""
    if pause.paused_until is None:
        text = "You take new students again. Thank you."
        return message(text, [section(text)])
    silent = "The last three students we brought to you got no answer, so you may be busy."
    promise = "We bring you no new ones until {day}. One tap, and you take students again."
    blocks = [
        section(f"*{silent}*\n{promise.format(day=day_mark(pause.paused_until, pause.tz))}"),
        actions(button("Resume", Action.MENTOR_RESUME, style="primary")),
    ]
    return message(f"{silent} {promise.format(day=day(pause.paused_until, pause.tz))}", blocks)


def pause_over_message() -> Message:
    """A pause ended by its date."""
    return notice(
        "Your pause is over, so we bring you students who fit again. Type `/mentor pause` if you need a while longer."
    )


def paused_message(until: datetime, tz: str) -> Message:
    """The pause began; open offers and running matches are not touched by it."""
    return notice(
        f"You are paused: no new students until {day(until, tz)}. Your mentees and open offers stay as they are. "
        "Type `/mentor resume` to end the pause earlier."
    )


def resumed_message() -> Message:
    """The pause is over."""
    return notice("Welcome back. You can be offered new students again.")
