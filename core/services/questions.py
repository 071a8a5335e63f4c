"""Quick questions as people see them, and how they move from state to state."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from core.models import Question, QuestionClaim, User
from core.notifications import Kind, redraw, take_back
from core.queue import Job
from core.rules import questions as rules
from core.rules.errors import NotFound
from core.rules.questions import WAITING, ClaimEnding, QuestionFacts, QuestionState, QuestionStep
from core.services.policies import Timeline, timeline
from core.services.referral_cards import show_referrals
from core.uow import Actor, Reading, Work

MOST_LISTED = 20
CARDS = (Kind.QUESTION_CARD, Kind.QUESTION_STATUS, Kind.QUESTION_ANSWERED)
"""In the order in which they are drawn anew: first the one with `Claim` before everybody's eyes."""

CARDS_OF_CLAIM = (Kind.QUESTION_CLAIMED, Kind.QUESTION_YOURS, Kind.QUESTION_REMINDER)


@dataclass(frozen=True)
class QuestionView:
    """A quick question as it stands. `claim_id` and the claimer are those of the running claim, or of the answer's."""

    question_id: UUID
    state: QuestionState
    student_id: UUID
    student_name: str
    student_tz: str
    question: str
    details: str
    topics: tuple[str, ...]
    created_at: datetime
    posted_at: datetime | None
    similar_ids: tuple[UUID, ...]
    claim_id: UUID | None
    claimer_id: UUID | None
    claimer_name: str
    claimed_at: datetime | None
    slack_channel: str | None  # where the two talk
    summary: str
    student_consents: bool | None
    mentor_consents: bool | None
    answered_at: datetime | None
    rating: int | None
    thanks: str
    next_step: QuestionStep
    next_step_at: datetime | None

    @property
    def may_be_read(self) -> bool:
        """Whether both allow others to read the answer's summary."""
        return bool(self.student_consents and self.mentor_consents)


def question_view(reading: Reading, question_id: UUID) -> QuestionView:
    """A question as it stands. Raises `NotFound` for what the actor may not see."""
    found = question_views(reading, Question.id == question_id)
    if not found:
        raise NotFound(question_id=question_id)
    return found[0]


def claimed_questions(reading: Reading, person_id: UUID, most: int = MOST_LISTED) -> tuple[QuestionView, ...]:
    """The questions that a mentor has claimed and not yet answered."""
    mine = Question.claimer_id == person_id, Question.state == QuestionState.CLAIMED
    return question_views(reading, *mine, most=most)


def question_views(reading: Reading, *which: ColumnElement[bool], most: int = MOST_LISTED) -> tuple[QuestionView, ...]:
    """Those of these questions that the actor may see. Names are read as the system: who asks in public is known.

    The rating and the thanks are for the two alone, and for staff.
    """
    allowed = (Question.id, Question.state.not_in(WAITING))
    newest = select(*allowed).where(*which).order_by(allowed[1], Question.created_at.desc()).limit(most)
    ids = [id_ for id_, _ in reading.session.execute(newest)]
    student, claimer = aliased(User), aliased(User)
    with reading.as_system():
        rows = reading.session.execute(
            select(Question, student, QuestionClaim, claimer)
            .join(student, student.id == Question.student_id)
            .outerjoin(
                QuestionClaim,
                (QuestionClaim.question_id == Question.id)
                & (QuestionClaim.ended_at.is_(None) | (QuestionClaim.ending == ClaimEnding.ANSWERED)),
            )
            .outerjoin(claimer, claimer.id == QuestionClaim.mentor_id)
            .where(Question.id.in_(ids))
        )
        policies = timeline(reading)
        found = {row[0].id: _view(*row, policies) for row in rows}
    return tuple(_as_seen_by(reading.actor, found[id_]) for id_ in ids)


def _as_seen_by(actor: Actor, view: QuestionView) -> QuestionView:
    if actor.role != "member" or actor.user_id in (view.student_id, view.claimer_id):
        return view
    return replace(view, rating=None, thanks="")


def _view(
    question: Question, student: User, claim: QuestionClaim | None, claimer: User | None, policies: Timeline
) -> QuestionView:
    step, moment = rules.next_step(facts_of(question, claim, policies))
    return QuestionView(
        question_id=question.id,
        state=question.state,
        student_id=question.student_id,
        student_name=student.name,
        student_tz=student.tz,
        question=question.question,
        details=question.details,
        topics=tuple(question.topics),
        created_at=question.created_at,
        posted_at=question.posted_at,
        similar_ids=tuple(question.similar_ids),
        claim_id=claim.id if claim else None,
        claimer_id=claimer.id if claimer else None,
        claimer_name=claimer.name if claimer else "",
        claimed_at=claim.claimed_at if claim else None,
        slack_channel=claim.slack_channel if claim else None,
        summary=question.summary,
        student_consents=question.student_consents,
        mentor_consents=question.mentor_consents,
        answered_at=question.answered_at,
        rating=question.rating,
        thanks=question.thanks,
        next_step=step,
        next_step_at=moment,
    )


def facts_of(question: Question, claim: QuestionClaim | None, policies: Timeline) -> QuestionFacts:
    """What the next step of a question depends on. `claim` is the running one."""
    then = policies.at(question.opened_at or question.created_at)
    return QuestionFacts(
        state=question.state,
        created_at=question.created_at,
        checked_at=question.checked_at,
        opened_at=question.opened_at,
        referred_at=question.referred_at,
        staff_told_at=question.staff_told_at,
        remind_at=claim.remind_at if claim else None,
        reminded_at=claim.reminded_at if claim else None,
        refer_after=then.refer_after,
        staff_after=then.staff_after,
    )


def lock_questions_of(work: Work, person_id: UUID) -> list[Question]:
    """What somebody asks, or has claimed, and nobody has answered yet: locked, in the order of their ids. Two who leave
    at once may have claimed each other's.
    """
    theirs = or_(Question.student_id == person_id, Question.claimer_id == person_id)
    waiting = select(Question).where(theirs, Question.state.in_(WAITING)).order_by(Question.id)
    return list(work.session.scalars(waiting.with_for_update().execution_options(populate_existing=True)))


def lock_question(work: Work, question_id: UUID) -> Question:
    """The question as it is now, locked: the first lock, before those of its claims. Raises `NotFound`."""
    statement = select(Question).where(Question.id == question_id).with_for_update()
    found = work.session.scalar(statement.execution_options(populate_existing=True))
    if found is None:
        raise NotFound(question_id=question_id)
    return found


def running_claim(work: Work, question_id: UUID) -> QuestionClaim | None:
    """The claim of a locked question that runs, locked as well."""
    running = QuestionClaim.question_id == question_id, QuestionClaim.ended_at.is_(None)
    statement = select(QuestionClaim).where(*running).with_for_update()
    return work.session.scalar(statement.execution_options(populate_existing=True))


def enter(work: Work, question: Question, state: QuestionState) -> None:
    """Move a locked question to another state, as the system; every place that shows it is drawn anew."""
    question.state = rules.move(question.state, state)
    if state is QuestionState.OPEN:
        question.posted_at = question.posted_at or work.now
        question.opened_at, question.staff_told_at, question.claimer_id = work.now, None, None
    elif state is QuestionState.ANSWERED:
        question.answered_at = work.now
    elif state is QuestionState.CLOSED:
        question.closed_at = work.now
    work.session.flush()
    show(work, question)


def end_claim(work: Work, question: Question, ending: ClaimEnding) -> QuestionClaim:
    """End the running claim of a locked question. Raises `QuestionMoved` if there is none.

    What was to be said of it and has not gone out is not said any more; of an answered one, only the reminder.
    """
    claim = running_claim(work, question.id)
    if claim is None:
        raise rules.QuestionMoved(state=question.state)
    claim.ended_at, claim.ending = work.now, ending
    for kind in CARDS_OF_CLAIM if ending is not ClaimEnding.ANSWERED else (Kind.QUESTION_REMINDER,):
        take_back(work, kind, claim.id)
    work.queue(Job.REFRESH_HOME, claim.mentor_id)
    return claim


def show(work: Work, question: Question) -> None:
    """Draw every card of a question and the Home tabs on which it stands anew.

    Of the claims it is the newest whose cards may have changed: an earlier one was drawn when it ended.
    """
    show_only(work, question, *CARDS, *CARDS_OF_CLAIM)
    show_referrals(work, question)


def show_only(work: Work, question: Question, *kinds: Kind) -> None:
    """Draw the cards of these kinds and the Home tabs anew, where the state stays as it is.

    Slack takes few changes for all cards together: one that would change nothing makes another late.
    """
    newest = select(QuestionClaim.id).where(QuestionClaim.question_id == question.id)
    claim_id = work.session.scalar(newest.order_by(QuestionClaim.id.desc()).limit(1))
    for kind in kinds:
        if kind not in CARDS_OF_CLAIM:
            redraw(work, kind, question.id)
        elif claim_id:
            redraw(work, kind, claim_id)
    work.queue(Job.REFRESH_HOME, question.student_id)
    if question.claimer_id:
        work.queue(Job.REFRESH_HOME, question.claimer_id)
