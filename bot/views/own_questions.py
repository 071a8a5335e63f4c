"""The quick questions that a person asked and claimed: on their Home tab, and as `/ask mine`."""

from bot.blocks import Json, Message, actions, and_more, context, escape, message, moment_mark, quote, section
from bot.views.question_answers import rate_button
from bot.views.question_claims import claim_buttons
from bot.views.questions import ask_button, own_buttons, standing, status_blocks
from core.rules.questions import WAITING, QuestionState, QuestionStep
from core.services.listing import First
from core.services.own_questions import OwnQuestion
from core.services.questions import QuestionView
from core.words import count, moment

NOTHING = "You have not asked a quick question yet. Ask one, and a mentor who knows the answer talks with you alone."
SHORT, SUMMARY = 120, 200


def own_question_blocks(own: First[OwnQuestion]) -> list[Json]:
    """Each with where it stands, what comes next, and what its student can do now."""
    return [*(block for one in own for block in _own(one)), *and_more(own.more, "with `/ask mine`")]


def own_questions_message(own: First[OwnQuestion]) -> Message:
    """`/ask mine`, for one person's eyes."""
    if not own.shown:
        return message(NOTHING, [section(NOTHING), actions(ask_button())])
    first = f"You have asked {count(own.all, 'quick question')}."
    lines = [f"• {quote(one.view.question, SHORT)} {_standing(one)}" for one in own]
    blocks = [block for one in own for block in _own(one)]
    return message("\n".join((first, *lines)), [section(f"*{first}*"), *blocks, *and_more(own.more, "older ones")])


def claimed_blocks(claimed: First[QuestionView], tz: str) -> list[Json]:
    """What a mentor has claimed, each with what they can do with it."""
    rows = ((section(_claimed(view, tz)), actions(*claim_buttons(view))) for view in claimed)
    return [*(block for row in rows for block in row), *and_more(claimed.more, "in your messages")]


def _own(one: OwnQuestion) -> list[Json]:
    """The question, where it stands, and what can be done. A draft is shown whole: its student has to decide."""
    view = one.view
    if view.state is QuestionState.DRAFT:
        return status_blocks(view, one.similar)
    by = moment_mark(view.next_step_at, view.student_tz) if view.next_step_at else ""
    told = " ".join(filter(None, standing(view, one.similar, by)))
    summary = [context(f"In short: {quote(view.summary, SUMMARY)}")] if view.summary else []
    made = _buttons(view)
    return [section(f"*{quote(view.question)}*\n{told}"), *summary, *([actions(*made)] if made else [])]


def _buttons(view: QuestionView) -> list[Json]:
    if view.state in WAITING:
        return own_buttons(view)
    return [rate_button(view)] if view.state is QuestionState.ANSWERED and view.rating is None else []


def _standing(one: OwnQuestion) -> str:
    by = moment(one.view.next_step_at, one.view.student_tz) if one.view.next_step_at else ""
    return standing(one.view, one.similar, by)[0]


def _claimed(view: QuestionView, tz: str) -> str:
    asked = f"*{escape(view.student_name)} asks* {quote(view.question)}"
    if view.next_step_at is None:
        return asked
    by = moment_mark(view.next_step_at, tz)
    then = "it is open to all mentors again" if view.next_step is QuestionStep.REOPEN else "we remind you"
    return f"{asked}\nIf it is not answered by {by}, {then}."
