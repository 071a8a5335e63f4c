"""`/mentor-admin`: for staff alone."""

from functools import partial

from bot.blocks import Message
from bot.context import Bot
from bot.gateway import respond
from bot.handlers.manual_matches import PAIR, open_end_form, score_pair
from bot.payloads import Command
from bot.views.health import at_risk_list_message
from bot.views.manual_matches import name_two_message
from bot.views.staff import (
    MOST_REQUESTS,
    admin_help_message,
    dashboard_message,
    export_message,
    requests_message,
    stats_message,
)
from core.links import sign_in_url
from core.rules.errors import NotAllowed
from core.services.health import at_risk
from core.services.people import Person
from core.services.question_reports import question_stats
from core.services.reports import open_requests, stats
from core.services.sign_ins import make_link
from core.uow import admin


def admin_command(bot: Bot, person: Person, command: Command) -> None:
    """`/mentor-admin stats`, `requests`, `at-risk`, `match`, `end`, `export`, `dashboard` and `help`."""
    if not person.is_admin:
        raise NotAllowed
    if command.word == "end" and len(command.people) == PAIR:
        open_end_form(bot, person, command)
        return
    respond(command.response_url, _answer(bot, person, command).payload())


def _answer(bot: Bot, person: Person, command: Command) -> Message:
    """What the word after the command asks for."""
    if command.word == "match" and len(command.people) == PAIR:
        return score_pair(bot, person, command)
    if command.word in ("dashboard", "export"):
        return _link(bot, person, command.word)
    with bot.units.read(admin(person.id)) as reading:
        match command.word:
            case "stats":
                return stats_message(stats(reading), question_stats(reading))
            case "requests":
                return requests_message(open_requests(reading, MOST_REQUESTS + 1), person.tz)
            case "at-risk":
                return at_risk_list_message(at_risk(reading), person.tz)
            case "match" | "end" as word:
                return name_two_message(word)
            case _:
                return admin_help_message()


def _link(bot: Bot, person: Person, to: str) -> Message:
    """A link that signs this person in on the web, and goes on to files if these were asked for."""
    with bot.units.work(admin(person.id)) as work:
        key = make_link(work)
    if to == "export":
        return export_message(partial(sign_in_url, bot.settings, key))
    return dashboard_message(sign_in_url(bot.settings, key))
