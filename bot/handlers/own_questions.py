"""`/ask mine`: what a person asked, and where it stands."""

from bot.context import Bot
from bot.gateway import respond
from bot.payloads import Command
from bot.views.own_questions import own_questions_message
from core.services.own_questions import all_own_questions
from core.services.people import Person
from core.uow import member

MOST = 10


def show_own(bot: Bot, person: Person, command: Command) -> None:
    """Each question with what comes next, and buttons where something can be done."""
    with bot.units.read(member(person.id)) as reading:
        own = all_own_questions(reading, person.id, MOST)
    respond(command.response_url, own_questions_message(own).payload())
