"""`/mentor-admin`: for staff alone."""

from bot.context import Bot
from bot.gateway import respond
from bot.payloads import Command
from bot.views.staff import admin_help_message, stats_message
from core.rules.errors import NotAllowed
from core.services.people import Person
from core.services.reports import stats
from core.uow import admin


def admin_command(bot: Bot, person: Person, command: Command) -> None:
    """`/mentor-admin stats` and `help`."""
    if not person.is_admin:
        raise NotAllowed
    if command.words[:1] == ("stats",):
        with bot.units.read(admin(person.id)) as reading:
            message = stats_message(stats(reading))
    else:
        message = admin_help_message()
    respond(command.response_url, message.payload())
