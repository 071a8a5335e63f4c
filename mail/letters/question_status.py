"""Where a student's quick question stands, by letter; and to a mentor, that one they had claimed was taken back."""

from collections.abc import Iterator, Sequence

from core.rules.questions import WAITING, QuestionState, QuestionStep
from core.services.question_drafts import WithdrawnClaim
from core.services.questions import QuestionView
from core.services.similar_answers import SimilarAnswer
from core.words import moment_there
from mail.letters.parts import Draft, Paragraph, Part, Quote, Reader, told
from mail.letters.quick_questions import thread
from mail.letters.why import ASKED_QUESTION, CLAIMED_QUESTION
from mail.text import one_line

SIMILAR = "similar"
POST_OR_TAKE_BACK = "To have it posted sooner, or to take it back, just answer this letter."
TAKE_BACK = "To take it back, just answer this letter."


def status_letter(reader: Reader, view: QuestionView, similar: Sequence[SimilarAnswer]) -> Draft:
    """Where the question stands, and what comes next and when. Similar answers are a standing of their own."""
    by = moment_there(view.next_step_at, reader.person.tz) if view.next_step_at else ""
    subject, now, following = _standing(view, by)
    draft = view.next_step is QuestionStep.POST
    return Draft(
        subject=subject,
        parts=(
            Paragraph(" ".join(filter(None, (now, following)))),
            *(_similar(similar) if draft else ()),
            *told("You asked", view.question),
            *((Paragraph(POST_OR_TAKE_BACK if draft else TAKE_BACK),) if view.state in WAITING else ()),
        ),
        why=ASKED_QUESTION,
        thread=thread(view.question_id),
        standing=SIMILAR if draft else view.state,
    )


def _similar(similar: Sequence[SimilarAnswer]) -> Iterator[Part]:
    for one in similar:
        name = one_line(one.mentor_name)
        yield Paragraph(f"{name} was asked: “{one_line(one.question)}”")
        yield Quote(f"{name} answered", one.summary)


def _standing(view: QuestionView, by: str) -> tuple[str, str, str]:
    """A subject line, where it stands, and what comes next by `by`."""
    posted = "Your question is posted"
    claimer = one_line(view.claimer_name)
    match view.next_step:
        case QuestionStep.CHECK:
            return (
                "We look for answers to your question",
                "Your question has arrived, and we are looking for answers to similar questions.",
                f"If there are none, we post yours at once, and in any case by {by}.",
            )
        case QuestionStep.POST:
            return (
                "Somebody may have asked this before",
                "We found answers to questions like yours. If one of them helps, you need no other.",
                f"We post your question by {by}.",
            )
        case QuestionStep.REFER:
            told_next = f"If nobody has claimed it by {by}, we ask mentors who fit it directly."
            return posted, f"{posted}, and open to all mentors.", told_next
        case QuestionStep.STAFF:
            told_next = f"If nobody has claimed it by {by}, our staff look for somebody."
            return posted, f"{posted}, and open to all mentors.", told_next
        case QuestionStep.REMIND:
            told_next = f"If it is not answered by {by}, we remind them."
            return f"{claimer} has your question", f"{claimer} has your question.", told_next
        case QuestionStep.REOPEN:
            told_next = f"If it is not answered by {by}, it is open to all mentors again."
            return f"{claimer} has your question", f"{claimer} has your question.", told_next
        case QuestionStep.NONE if view.state is QuestionState.ANSWERED:
            return f"{claimer} answered your question", f"{claimer} answered your question.", ""
        case QuestionStep.NONE:
            return "Your question is closed", "Your question is closed.", "You can ask another any time."


def withdrawn_letter(claim: WithdrawnClaim) -> Draft:
    """To a mentor who had claimed it: the student does not need an answer any more."""
    name = one_line(claim.student_name)
    return Draft(
        subject=f"{name} took a question back",
        parts=(
            Paragraph(f"{name} took back the question that you had claimed, so nothing is left for you to do."),
            *told("The question", claim.question),
            Paragraph("Thank you for taking it on."),
        ),
        why=CLAIMED_QUESTION,
        thread=thread(claim.question_id),
    )
