"""A mentor's question to a student, who answers it. The student is not told whose it is."""

from dataclasses import dataclass

from core.rules.errors import NotFound
from core.rules.profiles import TEXT
from core.services.exchanges import Exchange
from core.services.offer_questions import answer_question, question_view
from core.uow import Reading, Work
from core.words import moment_there
from web.actions.forms import Form
from web.actions.pages import Page, Shown, Visit

ANSWER = "answer"


@dataclass(frozen=True)
class QuestionPage:
    """What was asked, and whether an answer still helps."""

    exchange: Exchange
    waits: bool
    answer_by: str
    most: int = TEXT


def show(reading: Reading, visit: Visit) -> Shown:
    """The question with room for the answer, or with the answer that was given."""
    asked = question_view(reading, visit.link.subject_id)
    if visit.person.id != asked.student_id:
        raise NotFound
    waits = asked.waits and reading.now <= asked.deadline
    return Shown(
        "offer_question.html",
        QuestionPage(asked.exchange, waits, moment_there(asked.exchange.answer_by, visit.person.tz)),
    )


def answer(work: Work, visit: Visit, form: Form) -> None:
    """`Send` the answer to the mentor."""
    text = form.text("answer", TEXT, required=True)
    form.check()
    answer_question(work, visit.link.subject_id, text)


PAGE = Page(show, {ANSWER: answer})
