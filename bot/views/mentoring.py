"""A mentor's pause: what they read when it begins and ends, and its switch."""

from datetime import datetime

from bot.blocks import Json, Message, actions, button, day_mark, escape, message, section
from bot.ids import Action
from bot.views.notices import notice
from core.services.mentoring import PauseView
from core.services.refused import MovedOn
from core.words import count, day, listed


def pause_button(paused_until: datetime | None) -> Json:
    """The switch."""
    return button("Resume", Action.MENTOR_RESUME) if paused_until else button("Pause", Action.MENTOR_PAUSE)


def silence_message(pause: PauseView) -> Message:
    """To a mentor who let offers in a row expire: paused, no reproach, and one tap ends it. Who has answered one since
    and is still paused reads of the pause alone.
    """
    if pause.paused_until is None:
        text = "You take new students again. Thank you."
        return message(text, [section(text)])
    students = count(pause.ignored, "student")
    silent = f"The last {students} we brought to you got no answer, so you may be busy."
    if not pause.ignored:
        silent = "You take no new students for a while."
    promise = "We bring you no new ones until {day}. One tap, and you take students again."
    blocks = [
        section(f"*{silent}*\n{promise.format(day=day_mark(pause.paused_until, pause.tz))}"),
        actions(button("Resume", Action.MENTOR_RESUME, style="primary")),
    ]
    return message(f"{silent} {promise.format(day=day(pause.paused_until, pause.tz))}", blocks)


def moved_on_message(found: MovedOn) -> Message:
    """To a mentor whom Slack refused, and who was met there again before a letter went out."""
    relieved = (
        f"Slack did not let us write to you, so others are asked about {listed(list(map(escape, found.students)))} now."
    )
    if found.paused_until is None:
        return notice(f"{relieved} Nothing is left for you to do.")
    promise = "We bring you no new students until {day}. One tap, and you take students again."
    blocks = [
        section(f"*{relieved}*\n{promise.format(day=day_mark(found.paused_until, found.tz))}"),
        actions(button("Resume", Action.MENTOR_RESUME, style="primary")),
    ]
    return message(f"{relieved} {promise.format(day=day(found.paused_until, found.tz))}", blocks)


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
