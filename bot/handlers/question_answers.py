"""A mentor marks a question as answered; the student rates the answer, and says who may read its summary."""

from bot.context import Bot
from bot.forms.question_answers import rating_answers, summary_answers
from bot.payloads import Click, Submission
from bot.views.question_answers import answered_modal, rating_modal
from core.rules.errors import NotFound
from core.rules.questions import may_rate
from core.services import question_answers
from core.services.people import Person
from core.services.question_claims import own_turn
from core.services.questions import question_view
from core.uow import member


def open_answer_form(bot: Bot, mentor: Person, click: Click) -> None:
    """`Mark answered`: the form, if it is still this mentor's turn."""
    with bot.units.read(member(mentor.id)) as reading:
        view = own_turn(reading, click.subject_id)
    bot.show(click, answered_modal(view))


def mark_answered(bot: Bot, mentor: Person, sent: Submission) -> None:
    """The mentor's form."""
    summary, may_be_read = summary_answers(sent.values)
    with bot.units.work(member(mentor.id)) as work:
        question_answers.mark_answered(work, sent.subject_id, summary, may_be_read)


def open_rating_form(bot: Bot, student: Person, click: Click) -> None:
    """`Rate answer`: the form, if there is an answer that was not rated yet."""
    with bot.units.read(member(student.id)) as reading:
        view = question_view(reading, click.subject_id)
    if view.student_id != student.id:
        raise NotFound(question_id=view.question_id)
    may_rate(view.state, view.rating)
    bot.show(click, rating_modal(view))


def rate(bot: Bot, student: Person, sent: Submission) -> None:
    """The student's form."""
    rating, thanks = rating_answers(sent.values)
    with bot.units.work(member(student.id)) as work:
        question_answers.rate_answer(work, sent.subject_id, rating, thanks)


def share(bot: Bot, student: Person, click: Click) -> None:
    """`Yes, share it`."""
    with bot.units.work(member(student.id)) as work:
        question_answers.allow_reading(work, click.subject_id, allowed=True)


def keep(bot: Bot, student: Person, click: Click) -> None:
    """`Keep it between us`."""
    with bot.units.work(member(student.id)) as work:
        question_answers.allow_reading(work, click.subject_id, allowed=False)
