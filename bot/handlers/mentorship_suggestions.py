"""A student takes up a mentorship that good answers suggest, or does not."""

from bot.context import Bot
from bot.forms.requests import wish_answers
from bot.payloads import Click, Submission
from bot.views.suggestions import suggested_request_modal
from core.rules.suggestions import SuggestionAnswered
from core.services.people import Person
from core.services.requests import require_may_ask
from core.services.suggestions import decline_suggestion, suggestion_view, take_suggestion
from core.uow import member


def open_form(bot: Bot, student: Person, click: Click) -> None:
    """`Ask … to be my mentor`: the request form, unless it was answered before or a request is open."""
    with bot.units.read(member(student.id)) as reading:
        seen = suggestion_view(reading, click.subject_id)
        if not seen.is_open:
            raise SuggestionAnswered(state=seen.state)
        require_may_ask(reading, student.id)
    bot.show(click, suggested_request_modal(seen))


def ask(bot: Bot, student: Person, sent: Submission) -> None:
    """The request form."""
    with bot.units.work(member(student.id)) as work:
        take_suggestion(work, sent.subject_id, wish_answers(sent.values))


def decline(bot: Bot, student: Person, click: Click) -> None:
    """`No thanks`: the message says so, and nobody is told."""
    with bot.units.work(member(student.id)) as work:
        decline_suggestion(work, click.subject_id)
