"""`/ask`: a student asks a quick question, reads similar answers before it is posted, and may take it back."""

from collections.abc import Callable, Mapping
from uuid import UUID

from bot.blocks import Json
from bot.context import Bot
from bot.errors import sentence
from bot.forms.questions import new_question, typed_question
from bot.gateway import respond
from bot.handlers.leaderboard import show_leaderboard
from bot.handlers.open_questions import show_open
from bot.handlers.own_questions import show_own
from bot.payloads import Click, Command, Submission
from bot.views.questions import draft_modal, help_message, question_modal
from core.models import new_id
from core.rules.errors import InvalidFields
from core.rules.questions import EnoughQuestions
from core.services import question_drafts as drafts
from core.services.people import Person
from core.services.questions import question_view
from core.services.similar_answers import similar_answers
from core.uow import Reading, member


def show_help(bot: Bot, person: Person, command: Command) -> None:
    """`/ask help`: what can be typed."""
    del bot, person
    respond(command.response_url, help_message().payload())


WORDS: Mapping[str, Callable[[Bot, Person, Command], None]] = {
    "open": show_open,
    "leaderboard": show_leaderboard,
    "mine": show_own,
    "help": show_help,
}


def ask_command(bot: Bot, person: Person, command: Command) -> None:
    """`/ask`: alone or with a question, its form; with one of its words, that.

    What ends in a question mark is a question, whatever its first word. One unknown word alone gets the help.
    """
    word = word_of(command)
    if word in WORDS:
        WORDS[word](bot, person, command)
    elif word and len(command.words) == 1:
        respond(command.response_url, help_message(unknown=word).payload())
    else:
        open_question_form(bot, person, command)


def word_of(command: Command) -> str:
    """The first word typed, which may be one of the command's; of a question none is."""
    return "" if command.words and command.words[-1].endswith("?") else command.word


def typed(command: Command) -> str:
    """The question typed after the command."""
    return typed_question(" ".join(command.words))


def open_question_form(bot: Bot, person: Person, asked: Click | Command) -> None:
    """`Ask a quick question`: the form, with what was typed after the command. Each form has an id of its own."""
    with bot.units.read(member(person.id)) as reading:
        drafts.require_may_ask(reading, person.id)
    question = typed(asked) if isinstance(asked, Command) else asked.value
    bot.show(asked, question_modal(new_id(), bot.settings.question_channel, question))


def ask(bot: Bot, student: Person, sent: Submission) -> Json:
    """The form. While similar answers are looked for, the form says so; what is found is shown in its place."""
    try:
        with bot.units.work(member(student.id)) as work:
            question_id = drafts.ask_question(work, new_question(sent.values), sent.subject_id)
            return _modal(work, question_id)
    except EnoughQuestions as error:  # at a field, so that nothing typed is lost
        raise InvalidFields({"question": sentence(error)}) from error


def post(bot: Bot, student: Person, click: Click) -> None:
    """`Post my question`: none of the similar answers will do."""
    with bot.units.work(member(student.id)) as work:
        drafts.post_draft(work, click.subject_id)
    _draw_again(bot, student, click)


def helped(bot: Bot, student: Person, click: Click) -> None:
    """`This helped`: one of the similar answers will do, and nothing is posted."""
    with bot.units.work(member(student.id)) as work:
        drafts.similar_helped(work, click.subject_id, click.second_id)
    _draw_again(bot, student, click)


def withdraw(bot: Bot, student: Person, click: Click) -> None:
    """`Withdraw`: taken back at once; every card says so."""
    with bot.units.work(member(student.id)) as work:
        drafts.withdraw_question(work, click.subject_id)


def _draw_again(bot: Bot, student: Person, click: Click) -> None:
    """The modal that was pressed in; cards are drawn by the outbox."""
    if click.in_modal:
        with bot.units.read(member(student.id)) as reading:
            modal = _modal(reading, click.subject_id)
        bot.draw_again(click, modal)


def _modal(reading: Reading, question_id: UUID) -> Json:
    view = question_view(reading, question_id)
    return draft_modal(view, similar_answers(reading, view))
