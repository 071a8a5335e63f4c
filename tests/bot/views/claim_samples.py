"""Quick questions and claims to draw, with `text` wherever people type."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.blocks import Json, Message
from bot.views.question_answers import answered_message, answered_modal, rated_message, rating_modal
from bot.views.question_claims import (
    claimed_message,
    question_card,
    reminder_message,
    reopened_message,
    yours_message,
)
from core.rules.questions import ClaimEnding, QuestionState, QuestionStep
from core.services.question_claims import ClaimView
from core.services.questions import QuestionView
from tests.bot.views.meeting_samples import people
from tests.bot.views.samples import NOON, ONE, TWO

State = QuestionState
SUMMARY = "Read the notice period first, then what happens to the bonus if you leave within a year."
HAS_CLAIMER = frozenset({State.CLAIMED, State.ANSWERED})


def question(state: QuestionState = State.OPEN, text: str = "", name: str = "", **more: Any) -> QuestionView:
    """Asked by Mia, an hour ago; claimed or answered by Kim."""
    mia, kim = people(name)
    has, answered = state in HAS_CLAIMER, state is State.ANSWERED
    made = QuestionView(
        question_id=ONE,
        state=state,
        student_id=mia.id,
        student_name=mia.name,
        student_tz=mia.tz,
        question=text or "How do I read an offer letter?",
        details=text or "It is my first one, and it has eleven pages. What should I look at before I sign?",
        topics=(text,) if text else ("Job offers", "Negotiation"),
        created_at=NOON - timedelta(hours=1),
        posted_at=NOON - timedelta(hours=1),
        similar_ids=(),
        claim_id=TWO if has else None,
        claimer_id=kim.id if has else None,
        claimer_name=kim.name if has else "",
        claimed_at=NOON if has else None,
        slack_channel="G0BOTH" if has else None,
        summary=(text or SUMMARY) if answered else "",
        student_consents=None,
        mentor_consents=True if answered else None,
        answered_at=NOON if answered else None,
        rating=None,
        thanks="",
        next_step=QuestionStep.REMIND if state is State.CLAIMED else QuestionStep.NONE,
        next_step_at=NOON + timedelta(hours=48) if state is State.CLAIMED else None,
    )
    return replace(made, **more)


def claim(
    ending: ClaimEnding | None = None, text: str = "", name: str = "", *, reminded: bool = False, slack: bool = True
) -> ClaimView:
    """Kim's turn; with `slack=False` Kim has no account there."""
    mia, kim = people(name)
    state = {None: State.CLAIMED, ClaimEnding.ANSWERED: State.ANSWERED, ClaimEnding.WITHDRAWN: State.CLOSED}
    step = {"next_step": QuestionStep.REOPEN} if reminded else {}
    return ClaimView(
        claim_id=TWO,
        question=question(state.get(ending, State.OPEN), text, name, **step),
        student=mia,
        mentor=kim if slack else replace(kim, slack_user_id=None),
        claimed_at=NOON,
        remind_at=NOON + timedelta(hours=48),
        reminded_at=NOON + timedelta(hours=48) if reminded else None,
        ending=ending,
        slack_channel="G0BOTH" if slack else None,
    )


def messages(text: str = "", name: str | None = None) -> dict[str, Message]:
    """Every message about claims and answers."""
    name = text if name is None else name
    answered = question(State.ANSWERED, text, name)
    rated = replace(answered, rating=4, thanks=text or "That was just what I needed.")
    drawn = {f"question {state}": question_card(question(state, text, name)) for state in State}
    for ending in (None, *ClaimEnding):
        turn = claim(ending, text, name)
        drawn |= {
            f"claimed {ending}": claimed_message(turn),
            f"yours {ending}": yours_message(turn),
            f"reminder {ending}": reminder_message(turn),
        }
    return drawn | {
        "question shared": question_card(replace(answered, student_consents=True)),
        "claimed by mail": claimed_message(claim(None, text, name, slack=False), ONE),
        "claimed alone": claimed_message(claim(None, text, name), TWO),
        "yours reminded": yours_message(claim(None, text, name, reminded=True)),
        "reminder": reminder_message(claim(None, text, name, reminded=True)),
        "reopened": reopened_message(claim(ClaimEnding.SILENT, text, name)),
        "answered": answered_message(answered),
        "answered and rated": answered_message(replace(rated, student_consents=True)),
        "answered and kept": answered_message(replace(rated, student_consents=False)),
        "answered between two": answered_message(replace(answered, mentor_consents=False)),
        "rated": rated_message(rated),
        "rated without a word": rated_message(replace(rated, thanks="")),
    }


def views(text: str = "", name: str | None = None) -> dict[str, Json]:
    """Every form about answers."""
    name = text if name is None else name
    return {
        "mark answered": answered_modal(question(State.CLAIMED, text, name)),
        "rate answer": rating_modal(question(State.ANSWERED, text, name)),
    }
