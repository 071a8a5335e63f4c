"""What the rule about referrals must know of mentors: who may be asked, what they do now, and what they did before."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Select, Uuid, and_, any_, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from core.models import Profile, Question, QuestionClaim, QuestionReferral, User
from core.rules.errors import NotFound
from core.rules.questions import ClaimEnding
from core.rules.referrals import LATELY, REMEMBERED, TIME_TO_TAKE, Habit, Load, shared_topics
from core.rules.roles import PersonState
from core.services.apart import kept_apart
from core.services.candidates import IS_MENTOR
from core.services.preferences import MUTED
from core.services.taxonomy import current_taxonomy
from core.uow import Reading

COUNTED = frozenset({ClaimEnding.ANSWERED, ClaimEnding.RELEASED, ClaimEnding.SILENT})  # by the mentor's own doing


@dataclass(frozen=True)
class MentorToAsk:
    """A mentor who may be asked about a question, with what counts beside how their texts read."""

    mentor_id: UUID
    shared: tuple[str, ...]
    load: Load
    habit: Habit


@dataclass(frozen=True)
class QuestionToRefer:
    """A question, and every mentor who may be asked about it."""

    topics: tuple[str, ...]
    details: str
    mentors: tuple[MentorToAsk, ...]


def question_to_refer(reading: Reading, question_id: UUID) -> QuestionToRefer:
    """What the rule needs, as things stand; for the system. Raises `NotFound`."""
    question = reading.session.get(Question, question_id)
    if question is None:
        raise NotFound(question_id=question_id)
    rows = reading.session.execute(
        select(
            Profile.user_id,
            Profile.industries + Profile.research + Profile.skills,
            Profile.current_mentees,
            Profile.max_mentees,
        )
        .join(User, User.id == Profile.user_id)
        .where(_may_be_asked(reading, question))
        .order_by(Profile.user_id)
    ).all()
    taxonomy, habits = current_taxonomy(reading), _habits(reading)
    running, lately = _running(reading), _asked_lately(reading)
    mentors = tuple(
        MentorToAsk(
            mentor_id,
            shared_topics(question.topics, tags, taxonomy),
            Load(running.get(mentor_id, 0), mentees, places, lately.get(mentor_id, 0)),
            habits.get(mentor_id, Habit()),
        )
        for mentor_id, tags, mentees, places in rows
    )
    return QuestionToRefer(tuple(question.topics), question.details, mentors)


def may_be_asked(reading: Reading, question: Question, mentor_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those of these mentors who may be asked about this question as things stand."""
    theirs = Profile.user_id == any_(literal(list(mentor_ids), ARRAY(Uuid)))
    statement = select(Profile.user_id).join(User, User.id == Profile.user_id)
    return frozenset(reading.session.scalars(statement.where(theirs, _may_be_asked(reading, question))))


def _may_be_asked(reading: Reading, question: Question) -> ColumnElement[bool]:
    """Active mentors who are not paused and take optional messages; not the asker, nobody whom either side has
    blocked, and nobody who had a turn at it."""
    had_a_turn = exists().where(QuestionClaim.question_id == question.id, QuestionClaim.mentor_id == Profile.user_id)
    return and_(
        IS_MENTOR,
        User.state == PersonState.ACTIVE,
        or_(Profile.paused_until.is_(None), Profile.paused_until <= reading.now),
        ~func.coalesce(User.preferences[MUTED].as_boolean(), False),
        Profile.user_id != question.student_id,
        ~kept_apart(question.student_id, Profile.user_id),
        ~had_a_turn,
    )


def _running(reading: Reading) -> dict[UUID, int]:
    """How many claims each mentor has running."""
    claims = select(QuestionClaim.mentor_id, func.count()).where(QuestionClaim.ended_at.is_(None))
    return dict(reading.session.execute(claims.group_by(QuestionClaim.mentor_id)).all())


def _asked_lately(reading: Reading) -> dict[UUID, int]:
    """About how many questions each mentor was asked directly in the last days."""
    asked = select(QuestionReferral.mentor_id, func.count())
    asked = asked.where(QuestionReferral.referred_at > reading.now - LATELY)
    return dict(reading.session.execute(asked.group_by(QuestionReferral.mentor_id)).all())


def _habits(reading: Reading) -> dict[UUID, Habit]:
    """What each mentor did with claims and referrals. One who was asked while another was faster did nothing wrong."""
    told: dict[UUID, dict[str, int]] = defaultdict(dict)
    for mentor_id, ending, number in reading.session.execute(_claims_ended(reading)):
        if ending in COUNTED:
            told[mentor_id][str(ending)] = number
    for mentor_id, taken, passed in reading.session.execute(_referrals_settled(reading)):
        told[mentor_id] |= {"taken": taken, "passed": passed}
    return {mentor_id: Habit(**counts) for mentor_id, counts in told.items()}


def _claims_ended(reading: Reading) -> Select[UUID, ClaimEnding | None, int]:
    return (
        select(QuestionClaim.mentor_id, QuestionClaim.ending, func.count())
        .where(QuestionClaim.ended_at > reading.now - REMEMBERED)
        .group_by(QuestionClaim.mentor_id, QuestionClaim.ending)
    )


def _referrals_settled(reading: Reading) -> Select[UUID, int, int]:
    """How many referrals each mentor took, and how many they let pass while nobody else took the question either."""
    theirs, anybodys = aliased(QuestionClaim), aliased(QuestionClaim)
    until = QuestionReferral.referred_at + TIME_TO_TAKE
    taken = exists().where(
        theirs.question_id == QuestionReferral.question_id,
        theirs.mentor_id == QuestionReferral.mentor_id,
        theirs.claimed_at >= QuestionReferral.referred_at,
    )
    claimed = exists().where(
        anybodys.question_id == QuestionReferral.question_id,
        anybodys.claimed_at.between(QuestionReferral.referred_at, until),
    )
    taken_back = exists().where(Question.id == QuestionReferral.question_id, Question.closed_at <= until)
    passed = and_(~taken, ~claimed, ~taken_back, until <= reading.now)
    return (
        select(QuestionReferral.mentor_id, func.count().filter(taken), func.count().filter(passed))
        .where(QuestionReferral.referred_at > reading.now - REMEMBERED)
        .group_by(QuestionReferral.mentor_id)
    )
