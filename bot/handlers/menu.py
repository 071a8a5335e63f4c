"""`/mentor`: a private menu, and its words as commands of their own."""

from bot.context import Bot
from bot.gateway import respond
from bot.handlers import feedback, meetings, mentoring, privacy, profiles, requests, scheduling
from bot.payloads import Click, Command
from bot.views.menu import help_message, menu_message
from core.services.home import home
from core.services.people import Person
from core.services.policies import current_policies
from core.uow import member

WORDS = {
    "profile": profiles.open_profile,
    "request": requests.open_request_form,
    "status": requests.show_status,
    "feedback": feedback.open_feedback_form,
    "log": meetings.open_log_form,
    "schedule": scheduling.open_schedule_form,
    "pause": mentoring.pause,
    "resume": mentoring.resume,
    "privacy": privacy.open_privacy,
}


def mentor_command(bot: Bot, person: Person, command: Command) -> None:
    """`/mentor`, alone or with one of its words. Anything else gets the help, saying so."""
    word = command.word
    if word in WORDS:
        WORDS[word](bot, person, command)
    elif not word:
        show_menu(bot, person, command)
    else:
        unknown = "" if word == "help" else word
        respond(command.response_url, help_message(unknown=unknown, contact=_contact(bot, person)).payload())


def show_menu(bot: Bot, person: Person, command: Command) -> None:
    """What is open for this person, and buttons for the rest."""
    with bot.units.read(member(person.id)) as reading:
        found = home(reading, person.id)
    respond(command.response_url, menu_message(found).payload())


def show_help(bot: Bot, person: Person, click: Click) -> None:
    """The commands there are."""
    bot.tell(click, help_message(contact=_contact(bot, person)), "Help")


def _contact(bot: Bot, person: Person) -> str:
    with bot.units.read(member(person.id)) as reading:
        return current_policies(reading).contact
