"""A mentor pauses from new students, or takes them again."""

from bot.context import Bot
from bot.gateway import respond
from bot.payloads import Click, Command
from bot.views.mentoring import paused_message, resumed_message
from core.services.mentoring import pause_mentoring, resume_mentoring
from core.services.people import Person
from core.uow import member


def pause(bot: Bot, mentor: Person, command: Command) -> None:
    """`/mentor pause`: no new students for a month."""
    with bot.units.work(member(mentor.id)) as work:
        until = pause_mentoring(work, mentor.id)
    respond(command.response_url, paused_message(until, mentor.tz).payload())


def resume(bot: Bot, mentor: Person, command: Command) -> None:
    """`/mentor resume`: new students again."""
    with bot.units.work(member(mentor.id)) as work:
        resume_mentoring(work, mentor.id)
    respond(command.response_url, resumed_message().payload())


def press_pause(bot: Bot, mentor: Person, click: Click) -> None:
    """`Pause`: the same by a button, whose Home tab or card shows it."""
    with bot.units.work(member(mentor.id)) as work:
        until = pause_mentoring(work, mentor.id)
    if click.response_url:
        respond(click.response_url, paused_message(until, mentor.tz).payload())


def press_resume(bot: Bot, mentor: Person, click: Click) -> None:
    """`Resume`: one tap, and new students again."""
    with bot.units.work(member(mentor.id)) as work:
        resume_mentoring(work, mentor.id)
    if click.response_url:
        respond(click.response_url, resumed_message().payload())
