"""Letters about claimed and answered questions."""

from dataclasses import replace

from core.notifications import Kind
from core.rules.questions import ClaimEnding, QuestionState
from mail.letters.parts import Draft, Reader
from mail.letters.quick_questions import (
    answered_letter,
    card_letter,
    claimed_letter,
    rated_letter,
    reminder_letter,
    reopened_letter,
    yours_letter,
)
from tests.bot.views.claim_samples import claim, question


def drafts(mia: Reader, kim: Reader, ada: Reader, text: str, name: str) -> dict[str, tuple[Kind, Reader, Draft]]:
    """Every letter; with `text`, that stands wherever people type, and with `name` for everybody's name."""
    turn = claim(None, text, name, slack=False)
    reminded = claim(None, text, name, reminded=True, slack=False)
    answered = question(QuestionState.ANSWERED, text, name)
    rated = replace(answered, rating=4, thanks=text or "That was just what I needed.")
    silent = claim(ClaimEnding.SILENT, text, name, slack=False)
    return {
        "question-card": (Kind.QUESTION_CARD, ada, card_letter(question(QuestionState.OPEN, text, name))),
        "question-claimed-to-mentor": (Kind.QUESTION_CLAIMED, kim, claimed_letter(kim, turn)),
        "question-claimed-to-student": (Kind.QUESTION_CLAIMED, mia, claimed_letter(mia, turn)),
        "question-claimed-silent": (Kind.QUESTION_CLAIMED, kim, claimed_letter(kim, silent)),
        "question-yours": (Kind.QUESTION_YOURS, kim, yours_letter(kim, claim(None, text, name))),
        "question-reminder": (Kind.QUESTION_REMINDER, kim, reminder_letter(kim, reminded)),
        "question-reopened": (Kind.QUESTION_REOPENED, mia, reopened_letter(silent)),
        "question-answered": (Kind.QUESTION_ANSWERED, mia, answered_letter(mia, answered)),
        "question-rated": (Kind.QUESTION_RATED, kim, rated_letter(rated)),
    }
