"""A person says how a match goes without being asked, or asks staff for help in private."""

from bot.blocks import Json
from bot.context import Bot
from bot.forms.feedback import chosen_match, help_answers, rating_answers
from bot.payloads import Click, Command, Submission, chosen_id
from bot.views.feedback import choosing_modal, feedback_modal
from bot.views.help import help_modal, sent_modal
from bot.views.notices import notice_modal
from core.services.feedback import give_feedback, partners_to_rate
from core.services.help import ask_for_help, help_view
from core.services.matches import pair
from core.services.people import Person
from core.uow import member

THANKS = "Thank you. Staff read it, and nobody else unless you shared it."


def open_feedback_form(bot: Bot, person: Person, asked: Click | Command) -> None:
    """`How is it going?` about one match, or with a choice of several."""
    with bot.units.read(member(person.id)) as reading:
        partners = partners_to_rate(reading, person.id, chosen_id(asked))
    (match_id, name), *more = partners.items()
    bot.show(asked, choosing_modal(partners) if more else feedback_modal(name, match_id))


def give(bot: Bot, person: Person, sent: Submission) -> Json:
    """The form."""
    match_id = sent.subject_id if sent.metadata else chosen_match(sent.values)
    with bot.units.work(member(person.id)) as work:
        give_feedback(work, match_id, rating_answers(sent.values))
    return notice_modal(THANKS, "Thank you")


def open_help_form(bot: Bot, person: Person, click: Click) -> None:
    """`Get help privately`, about a match that runs or is over."""
    with bot.units.read(member(person.id)) as reading:
        partner = pair(reading, click.subject_id).other(person.id)
    bot.show(click, help_modal(partner.name, click.subject_id))


def ask_help(bot: Bot, person: Person, sent: Submission) -> Json:
    """The form of private help."""
    answers = help_answers(sent.values)
    with bot.units.work(member(person.id)) as work:
        report_id = ask_for_help(work, sent.subject_id, answers.what, answers.apart)
        return sent_modal(help_view(work, report_id))
