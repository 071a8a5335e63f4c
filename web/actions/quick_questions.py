"""A quick question on one page: a mentor claims it, marks it answered, keeps or releases it; who asked rates."""

from dataclasses import dataclass

from core.claim_words import AGREES_TOO, RATING_IS_PRIVATE, STARS, WHERE_READ
from core.rules.profiles import TEXT
from core.rules.questions import QuestionState
from core.rules.roles import Role
from core.services import question_answers, question_claims
from core.services.people import has_profile
from core.services.question_claims import ClaimView
from core.services.questions import QuestionView
from core.uow import Reading, Work
from core.words import moment_there
from web.actions.forms import NO, YES, Form
from web.actions.pages import Page, Shown, Visit

CLAIM, ANSWERED, RELEASE, MORE_TIME = "claim", "answered", "release", "more_time"
RATE, SHARE, KEEP = "rate", "share", "keep"
RATINGS = tuple(map(str, STARS))


@dataclass(frozen=True)
class QuestionPage:
    """How the question stands, and what this person can do about it. `claim` is there while it is their turn."""

    view: QuestionView
    i_asked: bool
    may_claim: bool
    claim: ClaimView | None
    remind_at: str
    open_again_at: str
    agrees_too: str
    rating_is_private: str
    where_read: str = WHERE_READ
    ratings: tuple[str, ...] = RATINGS
    sharing: tuple[str, ...] = (NO, YES)
    most: int = TEXT

    @property
    def mine(self) -> bool:
        """Whether this person has it, or answered it."""
        return self.claim is not None

    @property
    def student_email(self) -> str:
        """Where the mentor writes to, where the two have no conversation in Slack."""
        return (self.claim.student.email or "") if self.claim and not self.claim.talks_in_slack else ""


def show(reading: Reading, visit: Visit) -> Shown:
    """The question as it stands for this person."""
    view = question_claims.posted_question(reading, visit.link.subject_id)
    person = visit.person
    mine = view.claim_id is not None and view.claimer_id == person.id
    claim = question_claims.claim_view(reading, view.claim_id) if mine and view.claim_id else None
    i_asked = view.student_id == person.id
    return Shown(
        "quick_question.html",
        QuestionPage(
            view,
            i_asked=i_asked,
            may_claim=view.state is QuestionState.OPEN and not i_asked and has_profile(reading, person.id, Role.MENTOR),
            claim=claim,
            remind_at=moment_there(claim.remind_at, person.tz) if claim else "",
            open_again_at=moment_there(claim.open_again_at, person.tz) if claim and claim.reminded_at else "",
            agrees_too=AGREES_TOO.format(student=view.student_name),
            rating_is_private=RATING_IS_PRIVATE.format(mentor=view.claimer_name or "your mentor"),
        ),
    )


def claim(work: Work, visit: Visit, form: Form) -> None:
    """`Claim`: the first one wins."""
    del form
    question_claims.claim_question(work, visit.link.subject_id)


def mark_answered(work: Work, visit: Visit, form: Form) -> None:
    """`Mark answered`, with a summary."""
    summary = form.text("summary", TEXT, required=True)
    shared = form.agreed("may_be_read")
    form.check()
    question_answers.mark_answered(work, visit.link.subject_id, summary, may_be_read=shared)


def release(work: Work, visit: Visit, form: Form) -> None:
    """`Release`: open to all again."""
    del form
    question_claims.release_question(work, visit.link.subject_id)


def more_time(work: Work, visit: Visit, form: Form) -> None:
    """`I need more time`, after the reminder."""
    del form
    question_claims.need_more_time(work, visit.link.subject_id)


def rate(work: Work, visit: Visit, form: Form) -> None:
    """`Rate answer`."""
    rating, thanks = form.choice("rating", RATINGS), form.text("thanks", TEXT)
    form.check()
    question_answers.rate_answer(work, visit.link.subject_id, int(rating), thanks)


def share(work: Work, visit: Visit, form: Form) -> None:
    """`Yes, share it`."""
    del form
    question_answers.allow_reading(work, visit.link.subject_id, allowed=True)


def keep(work: Work, visit: Visit, form: Form) -> None:
    """`Keep it between us`."""
    del form
    question_answers.allow_reading(work, visit.link.subject_id, allowed=False)


PAGE = Page(
    show,
    {
        CLAIM: claim,
        ANSWERED: mark_answered,
        RELEASE: release,
        MORE_TIME: more_time,
        RATE: rate,
        SHARE: share,
        KEEP: keep,
    },
)
