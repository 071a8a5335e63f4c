"""Letters about quick questions."""

from core.notifications import Kind
from core.services.question_drafts import WithdrawnClaim
from mail.letters.parts import Draft, Reader
from mail.letters.question_status import status_letter, withdrawn_letter
from mail.letters.quick_questions import card_letter
from tests.bot.views import question_samples as samples
from tests.bot.views.samples import ONE, TWO


def drafts(mia: Reader, kim: Reader, ada: Reader, text: str) -> dict[str, tuple[Kind, Reader, Draft]]:
    """Every one; with `text`, that stands wherever people type."""
    names = mia.person.name, kim.person.name
    found = (samples.similar(text, kim.person.name),)
    steps = samples.at_each_step(text, *names)
    letters = {
        f"quick-question-{step}": (Kind.QUESTION_STATUS, mia, status_letter(mia, view, found))
        for step, view in steps.items()
    }
    claim = WithdrawnClaim(ONE, TWO, names[0], text or "How do I explain a gap year in an interview?")
    return letters | {
        "quick-question-card": (Kind.QUESTION_CARD, ada, card_letter(steps["refer"])),
        "quick-question-taken-back": (Kind.QUESTION_WITHDRAWN, kim, withdrawn_letter(claim)),
    }
