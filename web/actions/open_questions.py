"""Open questions for a mentor without Slack: to read, and to claim; and those that they have claimed."""

from dataclasses import dataclass
from uuid import UUID

from core.links import Purpose
from core.rules.errors import NotFound
from core.services.open_questions import open_list
from core.services.question_claims import claim_question
from core.services.questions import QuestionView, claimed_questions
from core.uow import Reading, Work
from core.words import listed, moment_there
from web.actions.forms import BadForm, Form
from web.actions.pages import Page, Shown, Visit

CLAIM = "claim"
MOST = 30


@dataclass(frozen=True)
class Entry:
    """One question on the page. `link` leads to where it is answered, once it is theirs."""

    question: QuestionView
    topics: str
    asked: str
    fits: bool = False
    link: str = ""


@dataclass(frozen=True)
class OpenQuestionsPage:
    """What waits for a mentor, what is theirs, and how many more there are than the page shows."""

    entries: tuple[Entry, ...]
    mine: tuple[Entry, ...]
    more: int


def show(reading: Reading, visit: Visit) -> Shown:
    """Fitting topics first. Raises `MentorsOnly`."""
    if visit.link.subject_id != visit.person.id:
        raise NotFound
    found = open_list(reading, visit.person.id, size=MOST)
    mine = claimed_questions(reading, visit.person.id)
    return Shown(
        "open_questions.html",
        OpenQuestionsPage(
            entries=tuple(_entry(visit, one, fits=one.question_id in found.fitting) for one in found.questions),
            mine=tuple(_entry(visit, one) for one in mine),
            more=found.all - len(found.questions),
        ),
    )


def _entry(visit: Visit, question: QuestionView, *, fits: bool = False) -> Entry:
    asked = question.posted_at or question.created_at
    link = visit.link_about(Purpose.QUESTION, question.question_id)
    return Entry(question, listed(question.topics), moment_there(asked, visit.person.tz), fits, link)


def claim(work: Work, visit: Visit, form: Form) -> None:
    """`Claim`: as in Slack. The answers that may be refused with stand above the page, which is drawn anew."""
    if visit.link.subject_id != visit.person.id:
        raise NotFound
    try:
        question_id = UUID(form.value("question"))
    except ValueError:
        raise BadForm("a form about no question") from None
    claim_question(work, question_id)


PAGE = Page(show, {CLAIM: claim}, repeatable=frozenset({CLAIM}))
