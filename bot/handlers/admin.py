"""`/mentor-admin`: for staff alone."""

from bot.context import Bot
from bot.gateway import respond
from bot.payloads import Command
from bot.views.health import at_risk_list_message
from bot.views.staff import admin_help_message, requests_message, stats_message
from core.rules.errors import NotAllowed
from core.services.health import at_risk
from core.services.people import Person
from core.services.question_reports import question_stats
from core.services.reports import open_requests, stats
from core.uow import admin


def admin_command(bot: Bot, person: Person, command: Command) -> None:
    """`/mentor-admin stats`, `requests`, `at-risk` and `help`."""
    if not person.is_admin:
        raise NotAllowed
    with bot.units.read(admin(person.id)) as reading:
        match command.words[:1]:
            case ("stats",):
                message = stats_message(stats(reading), question_stats(reading))
            case ("requests",):
                message = requests_message(open_requests(reading), person.tz)
            case ("at-risk",):
                message = at_risk_list_message(at_risk(reading), person.tz)
            case _:
                message = admin_help_message()
    respond(command.response_url, message.payload())
