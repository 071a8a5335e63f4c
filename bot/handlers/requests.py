"""A student asks for a mentor, and looks after the request."""

from bot.context import Bot
from bot.forms.requests import wish_answers
from bot.payloads import Click, Command, Submission
from bot.views.requests import no_request_message, request_modal, status_message
from core.rules.requests import require_open
from core.services import requests
from core.services.people import Person
from core.services.standing import status
from core.uow import member


def open_request_form(bot: Bot, student: Person, asked: Click | Command) -> None:
    """`/mentor request`: the form, unless there is no profile yet or a request is open."""
    with bot.units.read(member(student.id)) as reading:
        requests.require_may_ask(reading, student.id)
    bot.show(asked, request_modal(None))


def ask(bot: Bot, student: Person, sent: Submission) -> None:
    """The request form."""
    with bot.units.work(member(student.id)) as work:
        requests.request_mentor(work, student.id, wish_answers(sent.values))


def open_edit_form(bot: Bot, student: Person, click: Click) -> None:
    """`Edit request`: the form with what was asked for."""
    with bot.units.read(member(student.id)) as reading:
        found = status(reading, click.subject_id)
    require_open(found.state)
    bot.show(click, request_modal(found.wish, request_id=found.request_id))


def edit(bot: Bot, student: Person, sent: Submission) -> None:
    """The request form, sent again."""
    with bot.units.work(member(student.id)) as work:
        requests.edit_request(work, sent.subject_id, wish_answers(sent.values))


def cancel(bot: Bot, student: Person, click: Click) -> None:
    """`Cancel request`: withdrawn at once; the card says so."""
    with bot.units.work(member(student.id)) as work:
        requests.cancel_request(work, click.subject_id)


def show_status(bot: Bot, student: Person, asked: Click | Command) -> None:
    """`/mentor status`: where the newest request stands."""
    with bot.units.read(member(student.id)) as reading:
        found = requests.latest_request(reading, student.id)
        message = status_message(status(reading, found)) if found else no_request_message()
    bot.tell(asked, message, "Your request")
