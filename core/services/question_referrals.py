"""An open question that waits too long: mentors who fit are asked directly, once, and staff are told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from core.models import Question, QuestionReferral, User
from core.notifications import ChannelName, Kind, notify, to_channel, to_person
from core.queue import Job
from core.rules.errors import NotFound
from core.rules.policies import Policies
from core.rules.questions import STAFF_AGAIN, QuestionState
from core.rules.referrals import MOST_ASKED, Fit
from core.services.policies import timeline
from core.services.questions import QuestionView, lock_question, question_view, show_only
from core.services.referral_facts import may_be_asked
from core.uow import Reading, Work

AT_ONCE = 200


@dataclass(frozen=True)
class ReferralView:
    """A question as the mentor reads of it who was asked directly. `shared` are topics that both name."""

    referral_id: UUID
    mentor_id: UUID
    shared: tuple[str, ...]
    question: QuestionView

    @property
    def is_open(self) -> bool:
        """Whether it can still be claimed."""
        return self.question.state is QuestionState.OPEN

    @property
    def is_mine(self) -> bool:
        """Whether the mentor who was asked has it, or has answered it."""
        return self.question.claimer_id == self.mentor_id


@dataclass(frozen=True)
class UnclaimedView:
    """A question as staff read of it that nobody claims: whose it is, since when it is open, and who was asked.

    It is `referred` once mentors were looked for, whether any were found or not.
    """

    question: QuestionView
    opened_at: datetime | None
    referred: bool
    asked: tuple[str, ...]


def questions_to_refer(reading: Reading) -> list[UUID]:
    """Questions that are nobody's so long that mentors who fit are to be asked directly."""
    due = select(Question.id).where(*_to_refer(reading)).order_by(Question.opened_at).limit(AT_ONCE)
    return list(reading.session.scalars(due))


def refer_question(work: Work, question_id: UUID, chosen: Sequence[Fit]) -> list[UUID]:
    """Ask these mentors directly, best first: once for ever, also if nobody was found. Returns the referrals.

    Of those chosen a moment ago, who may not be asked any more is left out. A question that was claimed or taken back
    meanwhile is left alone.
    """
    question = lock_question(work, question_id)
    if work.session.scalar(select(Question.id).where(Question.id == question_id, *_to_refer(work))) is None:
        return []
    still = may_be_asked(work, question, [fit.mentor_id for fit in chosen])
    question.referred_at = work.now
    asked = [fit for fit in chosen if fit.mentor_id in still][:MOST_ASKED]
    rows = [
        QuestionReferral(
            question_id=question_id,
            mentor_id=fit.mentor_id,
            rank=rank,
            score=fit.score,
            shared=list(fit.shared),
            referred_at=work.now,
        )
        for rank, fit in enumerate(asked, start=1)
    ]
    show_only(work, question, Kind.QUESTION_STATUS, Kind.QUESTION_UNCLAIMED)
    work.session.add_all(rows)
    work.session.flush()
    for row in rows:
        notify(work, to_person(row.mentor_id), Kind.QUESTION_REFERRED, row.id)
        work.queue(Job.REFRESH_HOME, row.mentor_id)
    return [row.id for row in rows]


def referral_view(reading: Reading, referral_id: UUID) -> ReferralView:
    """A referral with its question as it stands. Raises `NotFound` for what the actor may not see."""
    found = reading.session.get(QuestionReferral, referral_id)
    if found is None:
        raise NotFound(referral_id=referral_id)
    with reading.as_system():
        question = question_view(reading, found.question_id)
    return ReferralView(found.id, found.mentor_id, tuple(found.shared), question)


def unclaimed_view(reading: Reading, question_id: UUID) -> UnclaimedView:
    """A question with whom it was referred to, for staff. Raises `NotFound`."""
    view = question_view(reading, question_id)
    asked = (
        select(User.name)
        .join(QuestionReferral, QuestionReferral.mentor_id == User.id)
        .where(QuestionReferral.question_id == question_id)
        .order_by(QuestionReferral.rank)
    )
    moments = select(Question.opened_at, Question.referred_at).where(Question.id == question_id)
    opened_at, referred_at = reading.session.execute(moments).one()
    return UnclaimedView(view, opened_at, referred_at is not None, tuple(reading.session.scalars(asked)))


def questions_for_staff(reading: Reading) -> list[UUID]:
    """Questions that are nobody's so long that staff are to be told, or told again."""
    due = select(Question.id).where(_for_staff(reading)).order_by(Question.opened_at).limit(AT_ONCE)
    return list(reading.session.scalars(due))


def tell_staff(work: Work, question_id: UUID) -> None:
    """Put a question that nobody claims before staff, once at a time.

    By its time alone, whether mentors were asked by then or not: that a worker is down must not keep it quiet.
    """
    question = lock_question(work, question_id)
    if work.session.scalar(select(Question.id).where(Question.id == question_id, _for_staff(work))) is None:
        return
    question.staff_told_at = work.now
    show_only(work, question, Kind.QUESTION_STATUS, Kind.QUESTION_UNCLAIMED)
    notify(work, to_channel(ChannelName.ADMINS), Kind.QUESTION_UNCLAIMED, question_id, work.now.isoformat())


def _to_refer(reading: Reading) -> tuple[ColumnElement[bool], ...]:
    return (
        Question.state == QuestionState.OPEN,
        Question.referred_at.is_(None),
        _open_for(reading, lambda policies: policies.refer_after),
    )


def _for_staff(reading: Reading) -> ColumnElement[bool]:
    waited = _open_for(reading, lambda policies: policies.staff_after)
    untold = and_(Question.staff_told_at.is_(None), waited)
    return and_(Question.state == QuestionState.OPEN, or_(untold, Question.staff_told_at <= reading.now - STAFF_AGAIN))


def _open_for(reading: Reading, measure: Callable[[Policies], timedelta]) -> ColumnElement[bool]:
    """Questions that are open for at least so long, as staff had set it when they were opened."""
    policies = timeline(reading)
    return and_(
        Question.opened_at <= reading.now - policies.shortest(measure),
        Question.opened_at + policies.lasting(Question.opened_at, measure) <= reading.now,
    )
