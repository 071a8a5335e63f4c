"""A mentor asks before deciding, and the student answers. Ithaca carries both; no name is told."""

from bot.context import Bot
from bot.forms.offer_questions import answer_text, question_text
from bot.payloads import Click, Submission
from bot.views.offer_questions import answer_modal, ask_modal
from core.rules.offer_questions import QuestionAnswered, QuestionClosed
from core.rules.offers import require_open
from core.services import offer_questions
from core.services.offers import offer_card
from core.services.people import Person
from core.uow import member


def open_ask_form(bot: Bot, mentor: Person, click: Click) -> None:
    """`Ask a question`: the form, if the offer is still open and may be asked about."""
    with bot.units.read(member(mentor.id)) as reading:
        card = offer_card(reading, click.subject_id)
        require_open(card.state)
        offer_questions.require_may_ask(reading, card.offer_id)
    bot.show(click, ask_modal(card.offer_id, card.student_name))


def ask(bot: Bot, mentor: Person, sent: Submission) -> None:
    """The question form."""
    with bot.units.work(member(mentor.id)) as work:
        offer_questions.ask_before_deciding(work, sent.subject_id, question_text(sent.values))


def open_answer_form(bot: Bot, student: Person, click: Click) -> None:
    """`Answer`: the form with the question, if the mentor still waits for it."""
    with bot.units.read(member(student.id)) as reading:
        asked = offer_questions.question_view(reading, click.subject_id)
    if asked.exchange.answer is not None:
        raise QuestionAnswered
    if not asked.waits:
        raise QuestionClosed
    bot.show(click, answer_modal(asked.exchange))


def answer(bot: Bot, student: Person, sent: Submission) -> None:
    """The answer form."""
    with bot.units.work(member(student.id)) as work:
        offer_questions.answer_question(work, sent.subject_id, answer_text(sent.values))
