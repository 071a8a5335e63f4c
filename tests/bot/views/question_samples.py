"""Quick questions in every state to draw, with everything that people type given."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.blocks import Message
from bot.views.question_claims import question_card
from bot.views.questions import draft_modal, help_message, question_modal, status_message, withdrawn_message
from core.rules.questions import QuestionState, QuestionStep
from core.services.question_drafts import WithdrawnClaim
from core.services.questions import QuestionView
from core.services.similar_answers import SimilarAnswer
from tests.bot.views.samples import NOON, ONE, TWO

STEPS = {
    QuestionStep.CHECK: (QuestionState.DRAFT, timedelta(minutes=2)),
    QuestionStep.POST: (QuestionState.DRAFT, timedelta(hours=1)),
    QuestionStep.REFER: (QuestionState.OPEN, timedelta(hours=6)),
    QuestionStep.STAFF: (QuestionState.OPEN, timedelta(hours=20)),
    QuestionStep.REMIND: (QuestionState.CLAIMED, timedelta(hours=48)),
    QuestionStep.REOPEN: (QuestionState.CLAIMED, timedelta(hours=24)),
}


def asked(text: str = "", name: str = "Mia Tan", claimer: str = "Kim Alder", **known: Any) -> QuestionView:
    """A question that Mia has just asked."""
    usual = QuestionView(
        question_id=ONE,
        state=QuestionState.DRAFT,
        student_id=ONE,
        student_name=name,
        student_tz="Europe/Amsterdam",
        question=text or "How do I explain a gap year in an interview?",
        details=text or "I worked on a farm.",
        topics=(text or "Interviewing",),
        created_at=NOON,
        posted_at=None,
        similar_ids=(),
        claim_id=None,
        claimer_id=None,
        claimer_name=claimer,
        claimed_at=None,
        slack_channel=None,
        summary="",
        student_consents=None,
        mentor_consents=None,
        answered_at=None,
        rating=None,
        thanks="",
        next_step=QuestionStep.CHECK,
        next_step_at=NOON + timedelta(minutes=2),
    )
    return replace(usual, **known)


def similar(text: str = "", name: str = "Kim Alder") -> SimilarAnswer:
    return SimilarAnswer(
        TWO,
        text or "What do I tell recruiters about the year I did nothing?",
        text or "Say in one sentence what it was, and in two what you learnt. Then talk about what you do now.",
        name,
    )


def at_each_step(text: str = "", name: str = "Mia Tan", claimer: str = "Kim Alder") -> dict[str, QuestionView]:
    """A question at each of its steps, and at each of its ends."""
    usual = asked(text, name, claimer)
    waiting = {
        str(step): replace(
            usual,
            state=state,
            next_step=step,
            next_step_at=NOON + span,
            posted_at=None if state is QuestionState.DRAFT else NOON,
            similar_ids=(TWO,) if step is QuestionStep.POST else (),
        )
        for step, (state, span) in STEPS.items()
    }
    over = replace(usual, next_step=QuestionStep.NONE, next_step_at=None, posted_at=NOON)
    closed = replace(over, state=QuestionState.CLOSED)
    return waiting | {
        "answered": replace(over, state=QuestionState.ANSWERED, summary=text or "Say what you learnt there."),
        "withdrawn": closed,
        "helped": replace(closed, posted_at=None, similar_ids=(TWO,)),
    }


def messages(text: str) -> dict[str, Message]:
    """Every message about a quick question that this part draws."""
    drawn: dict[str, Message] = {}
    for step, view in at_each_step(text, text, text).items():
        for number in (0, 3):
            drawn[f"question {step} {number}"] = status_message(view, (similar(text, text),) * number)
        drawn[f"question card {step}"] = question_card(view)
    return drawn | {
        "question withdrawn": withdrawn_message(WithdrawnClaim(ONE, ONE, text, text)),
        "ask help": help_message(),
        "ask help on a wrong word": help_message(unknown=text),
    }


def views(text: str) -> dict[str, dict[str, Any]]:
    """Every modal of it."""
    drawn = {
        f"question {step}": draft_modal(view, (similar(text, text),) * 3)
        for step, view in at_each_step(text, text, text).items()
    }
    return drawn | {"quick question": question_modal(ONE, "quick-questions", text)}
