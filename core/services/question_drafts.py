"""A quick question from its form to the channel: a draft until similar answers were looked for; and taking it back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from core.models import Question, QuestionClaim, QuestionVector, User
from core.notifications import ChannelName, Kind, notify, take_back, to_channel, to_person
from core.queue import Job
from core.rules import questions as rules
from core.rules.errors import NotAllowed, NotFound
from core.rules.questions import ClaimEnding, NewQuestion, QuestionState
from core.services.people import lock_user
from core.services.policies import timeline
from core.services.questions import end_claim, enter, facts_of, lock_question, show
from core.services.taxonomy import current_taxonomy
from core.taxonomy import TagKind
from core.uow import Reading, Work

AT_ONCE = 500
ASK_AGAIN = timedelta(seconds=30)
"""A draft that nobody has looked at for so long: its wake-up may be lost, and is sent again."""


@dataclass(frozen=True)
class WithdrawnClaim:
    """A mentor's turn at a question that its student took back."""

    question_id: UUID
    mentor_id: UUID
    student_name: str
    question: str


def ask_question(work: Work, asked: NewQuestion, question_id: UUID | None = None) -> UUID:
    """Ask a question. It is a draft until similar answers were looked for, which a worker does at once.

    With the id that each form carries, a form that is sent twice asks once. Raises `InvalidFields` or
    `EnoughQuestions`.
    """
    student_id = work.actor.user_id
    if student_id is None:
        raise NotAllowed
    topics = current_taxonomy(work).fold_all(TagKind.TOPIC, asked.topics)
    asked = rules.checked(replace(asked, topics=topics))
    lock_user(work, student_id)  # questions of one student at the same moment wait for each other here
    if question_id and work.session.get(Question, question_id):
        return question_id
    require_may_ask(work, student_id)
    question = Question(
        student_id=student_id,
        question=asked.question,
        details=asked.details,
        topics=list(asked.topics),
        state=QuestionState.DRAFT,
        created_at=work.now,
        **({"id": question_id} if question_id else {}),
    )
    work.session.add(question)
    work.session.flush()
    notify(work, to_person(student_id), Kind.QUESTION_STATUS, question.id)
    work.queue(Job.CHECK_QUESTION, question.id)
    work.queue(Job.REFRESH_HOME, student_id)
    return question.id


def require_may_ask(reading: Reading, student_id: UUID) -> None:
    """Refuse early what `ask_question` would refuse, before a form is opened for it. Raises `EnoughQuestions`."""
    waiting = select(func.count()).where(Question.student_id == student_id, Question.state.in_(rules.WAITING))
    rules.may_ask(reading.session.scalars(waiting).one())


def settle_draft(work: Work, question_id: UUID, similar: Sequence[UUID]) -> None:
    """Say which answered questions a draft resembles: with none it is posted, else its student decides.

    Safe to repeat: a question that was checked, or is no draft any more, is left as it is.
    """
    question = lock_question(work, question_id)
    if question.state is not QuestionState.DRAFT or question.checked_at is not None:
        return
    question.checked_at, question.similar_ids = work.now, list(similar)
    if similar:
        work.session.flush()
        show(work, question)
        work.queue(Job.SHOW_DRAFT, question.id)
    else:
        post(work, question)


def post(work: Work, question: Question) -> None:
    """Open a locked question to mentors, as the system. The first time it gets its card in the channel."""
    enter(work, question, QuestionState.OPEN)
    notify(work, to_channel(ChannelName.QUESTIONS), Kind.QUESTION_CARD, question.id)
    work.queue(Job.SHOW_DRAFT, question.id)


def post_draft(work: Work, question_id: UUID) -> None:
    """The student wants it posted, whatever answers there are. Raises `OwnQuestionMoved`."""
    own = _own(work, question_id)
    with work.as_system():
        post(work, _draft(work, own.id))


def similar_helped(work: Work, question_id: UUID, similar_id: UUID) -> None:
    """A similar answer will do: the question is closed unposted, and keeps which one it was.

    Raises `OwnQuestionMoved`.
    """
    own = _own(work, question_id)
    with work.as_system():
        question = _draft(work, own.id)
        if similar_id not in question.similar_ids:
            raise NotFound(question_id=similar_id)
        question.similar_ids = [similar_id]
        enter(work, question, QuestionState.CLOSED)


def withdraw_question(work: Work, question_id: UUID) -> None:
    """The student takes a question back; a mentor who has claimed it is told, once. Raises `OwnQuestionMoved`."""
    own = _own(work, question_id)
    with work.as_system():
        question = lock_question(work, own.id)
        if question.state not in rules.WAITING:
            raise rules.OwnQuestionMoved(state=question.state)
        _withdraw(work, question)


def withdraw_all(work: Work, student_id: UUID, locked: Iterable[Question]) -> None:
    """Of these questions, take back what somebody who leaves has asked and nobody has answered. Runs as the system."""
    for question in locked:
        if question.student_id == student_id and question.state in rules.WAITING:
            _withdraw(work, question)


def _withdraw(work: Work, question: Question) -> None:
    if question.state is QuestionState.CLAIMED:
        claim = end_claim(work, question, ClaimEnding.WITHDRAWN)
        notify(work, to_person(claim.mentor_id), Kind.QUESTION_WITHDRAWN, claim.id)
    question.similar_ids = []
    take_back(work, Kind.QUESTION_CARD, question.id)
    enter(work, question, QuestionState.CLOSED)


def _own(work: Work, question_id: UUID) -> Question:
    question = work.session.get(Question, question_id)
    if question is None or question.student_id != work.actor.user_id:
        raise NotFound(question_id=question_id)
    return question


def _draft(work: Work, question_id: UUID) -> Question:
    question = lock_question(work, question_id)
    if question.state is not QuestionState.DRAFT:
        raise rules.OwnQuestionMoved(state=question.state)
    return question


def withdrawn_claim(reading: Reading, claim_id: UUID) -> WithdrawnClaim:
    """What a mentor is told when a question they had claimed was taken back. Runs as the system."""
    found = reading.session.execute(
        select(Question.id, QuestionClaim.mentor_id, User.name, Question.question)
        .join(Question, Question.id == QuestionClaim.question_id)
        .join(User, User.id == Question.student_id)
        .where(QuestionClaim.id == claim_id, QuestionClaim.ending == ClaimEnding.WITHDRAWN)
    ).one_or_none()
    if found is None:
        raise NotFound(claim_id=claim_id)
    return WithdrawnClaim(*found)


def drafts_unchecked(reading: Reading) -> list[UUID]:
    """Drafts whose wake-up for the worker may be lost."""
    return _drafts(reading, Question.checked_at.is_(None), Question.created_at <= reading.now - ASK_AGAIN)


def drafts_over(reading: Reading) -> list[UUID]:
    """Drafts that are posted now: nobody looked for similar answers in time, or the student has said nothing."""
    return _drafts(
        reading,
        or_(
            and_(Question.checked_at.is_(None), Question.created_at <= reading.now - rules.CHECK_TIME),
            Question.checked_at <= reading.now - rules.DECIDE_TIME,
        ),
    )


def post_overdue(work: Work, question_id: UUID) -> None:
    """Post a draft whose time is over, unless something became of it meanwhile."""
    question = lock_question(work, question_id)
    _, moment = rules.next_step(facts_of(question, None, timeline(work)))
    if question.state is QuestionState.DRAFT and moment and moment <= work.now:
        post(work, question)


def posted_without_vector(reading: Reading) -> bool:
    """Whether there is a posted question that no worker has encoded."""
    encoded = exists().where(QuestionVector.question_id == Question.id)
    posted = select(Question.id).where(Question.posted_at.is_not(None), ~encoded).limit(1)
    return reading.session.scalar(posted) is not None


def _drafts(reading: Reading, *which: ColumnElement[bool]) -> list[UUID]:
    drafts = select(Question.id).where(Question.state == QuestionState.DRAFT, *which)
    return list(reading.session.scalars(drafts.order_by(Question.created_at).limit(AT_ONCE)))
