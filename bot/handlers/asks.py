"""A person answers what they are asked about a match."""

from collections.abc import Mapping

from bot.context import Bot
from bot.forms.feedback import rating_answers
from bot.ids import Action
from bot.payloads import Click, Submission
from bot.views.feedback import rating_modal
from core.rules.checkins import CheckInAnswer, require_open
from core.services import asks
from core.services.people import Person
from core.uow import member

ANSWERS: Mapping[str, CheckInAnswer] = {
    Action.CHECK_IN_WELL: CheckInAnswer.GOING_WELL,
    Action.CHECK_IN_BETTER: CheckInAnswer.COULD_BE_BETTER,
    Action.CHECK_IN_NOT_MET: CheckInAnswer.NOT_MET,
}


def answer(bot: Bot, person: Person, click: Click) -> None:
    """One tap on a check-in; its message and the Home tab follow by the outbox."""
    with bot.units.work(member(person.id)) as work:
        asks.answer_check_in(work, click.subject_id, ANSWERS[click.action_id])


def open_rating_form(bot: Bot, person: Person, click: Click) -> None:
    """`Rate`: the form, if an answer is still awaited."""
    with bot.units.read(member(person.id)) as reading:
        ask = asks.ask_view(reading, click.subject_id)
    require_open(ask.state, ask.answer)
    bot.show(click, rating_modal(ask.partner_name, ask.ask_id))


def rate(bot: Bot, person: Person, sent: Submission) -> None:
    """The survey's form."""
    with bot.units.work(member(person.id)) as work:
        asks.rate(work, sent.subject_id, rating_answers(sent.values))
