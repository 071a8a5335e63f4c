"""Mentorships that quick questions suggest: found by what was answered well, offered to the student once for ever."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import InstrumentedAttribute, aliased

from core.models import Match, MentorshipSuggestion, Offer, Profile, Question, Request, User, new_id
from core.notifications import Kind, notify, redraw, to_person
from core.queue import Job
from core.rules import suggestions as rules
from core.rules.errors import NotFound
from core.rules.matches import LIVE
from core.rules.offers import OfferState
from core.rules.questions import RATED_WELL, QuestionState
from core.rules.requests import OPEN
from core.rules.roles import PersonState, Role
from core.rules.suggestions import PairFacts, SuggestionState
from core.rules.wishes import Wish
from core.services.apart import kept_apart
from core.services.candidates import facts_before_asking, mentor_facts
from core.services.people import by_id
from core.services.requests import open_request, request_mentor
from core.uow import Reading, Work

AT_ONCE = 200
Id = InstrumentedAttribute[Any] | UUID
MOST_LISTED = 5


@dataclass(frozen=True)
class SuggestionView:
    """A suggestion as its student reads it."""

    suggestion_id: UUID
    state: SuggestionState
    student_id: UUID
    student_tz: str
    mentor_id: UUID
    mentor_name: str
    suggested_at: datetime
    matched: bool  # the two work together by now, however that came about

    @property
    def is_open(self) -> bool:
        """Whether it can still be taken up."""
        return self.state is SuggestionState.SUGGESTED and not self.matched


def suggestions_due(reading: Reading) -> list[UUID]:
    """The newest well-rated answer of each pair to whom a mentorship may be suggested now, as far as SQL can say.

    What holds a pair up today (an open request, a pause, no free place) is asked again with the next sweep.
    """
    due = select(Question.id).where(*_answered_well(reading.now), *_nothing_in_the_way(reading.now))
    return list(reading.session.scalars(due.order_by(Question.answered_at.desc()).limit(AT_ONCE)))


def suggest_mentorship(work: Work, question_id: UUID) -> bool:
    """Suggest the mentor who answered this question to the student who asked it; whether it came to that.

    All rules are asked again on rows as they are now. Several sweeps at once make one suggestion.
    """
    still = select(Question.student_id, Question.claimer_id).where(
        Question.id == question_id, *_answered_well(work.now), *_nothing_in_the_way(work.now)
    )
    row = work.session.execute(still).one_or_none()
    if row is None or not rules.may_suggest(_pair(work, row.student_id, row.claimer_id), work.now):
        return False
    made = work.session.scalar(
        insert(MentorshipSuggestion)
        .values(
            id=new_id(),
            student_id=row.student_id,
            mentor_id=row.claimer_id,
            question_id=question_id,
            state=SuggestionState.SUGGESTED,
            suggested_at=work.now,
        )
        .on_conflict_do_nothing(index_elements=["student_id", "mentor_id"])
        .returning(MentorshipSuggestion.id)
    )
    if made is None:
        return False
    notify(work, to_person(row.student_id), Kind.MENTORSHIP_SUGGESTED, made)
    work.queue(Job.REFRESH_HOME, row.student_id)
    return True


def _answered_well(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """The newest well-rated answer of a pair, lately given, with enough of them before it."""
    other = aliased(Question)
    same_pair = (other.student_id == Question.student_id) & (other.claimer_id == Question.claimer_id)
    well = (other.state == QuestionState.ANSWERED) & (other.rating >= RATED_WELL)
    newer = (other.answered_at > Question.answered_at) | (
        (other.answered_at == Question.answered_at) & (other.id > Question.id)
    )
    answers = select(func.count()).where(same_pair, well).correlate(Question).scalar_subquery()
    return (
        Question.state == QuestionState.ANSWERED,
        Question.rating >= RATED_WELL,
        Question.answered_at > now - rules.RECENT,
        ~exists().where(same_pair, well, newer),
        answers >= rules.ANSWERS,
    )


def _nothing_in_the_way(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """What `rules.may_suggest` asks, as far as a query can say: no pair is looked at every minute for nothing."""
    student_id, mentor_id = Question.student_id, Question.claimer_id
    mentor = aliased(Profile)
    told, taught = Profile.user_id == student_id, mentor.user_id == mentor_id
    return (
        ~exists().where(MentorshipSuggestion.student_id == student_id, MentorshipSuggestion.mentor_id == mentor_id),
        exists().where(told, Profile.role == Role.STUDENT, User.id == student_id, User.state == PersonState.ACTIVE),
        exists().where(
            taught,
            mentor.role == Role.MENTOR,
            mentor.max_mentees > mentor.current_mentees,
            func.coalesce(mentor.paused_until, now) <= now,
            User.id == mentor_id,
            User.state == PersonState.ACTIVE,
        ),
        ~kept_apart(student_id, mentor_id),
        ~exists().where(Request.student_id == student_id, Request.state.in_(OPEN)),
        ~exists().where(Match.student_id == student_id, Match.mentor_id == mentor_id),
        ~exists().where(_said_no(student_id, mentor_id)),
    )


def _said_no(student_id: Id, mentor_id: Id) -> ColumnElement[bool]:
    return (Offer.student_id == student_id) & (Offer.mentor_id == mentor_id) & (Offer.state == OfferState.DECLINED)


def _pair(reading: Reading, student_id: UUID, mentor_id: UUID) -> PairFacts:
    mentor = mentor_facts(reading, [mentor_id]).get(mentor_id)
    if mentor is None:
        raise NotFound(mentor_id=mentor_id)
    return PairFacts(
        wish=facts_before_asking(reading, student_id),
        mentor=mentor,
        student_active=by_id(reading, student_id).is_active,
        has_open_request=open_request(reading, student_id) is not None,
        was_declined=bool(reading.session.scalar(select(exists().where(_said_no(student_id, mentor_id))))),
    )


def suggestion_view(reading: Reading, suggestion_id: UUID) -> SuggestionView:
    """A suggestion as its student reads it. Raises `NotFound` for anybody else's."""
    found = _views(reading, MentorshipSuggestion.id == suggestion_id)
    if not found:
        raise NotFound(suggestion_id=suggestion_id)
    return found[0]


def open_suggestions(reading: Reading, student_id: UUID, most: int = MOST_LISTED) -> tuple[SuggestionView, ...]:
    """What is suggested to a student and waits for an answer, the newest first."""
    waiting = MentorshipSuggestion.student_id == student_id, MentorshipSuggestion.state == SuggestionState.SUGGESTED
    return tuple(one for one in _views(reading, *waiting, most=most) if one.is_open)


def _views(reading: Reading, *which: ColumnElement[bool], most: int = 1) -> tuple[SuggestionView, ...]:
    """Suggestions that the actor may see, the newest first. The mentor's name was in the question's conversation."""
    newest = select(MentorshipSuggestion.id).where(*which).order_by(MentorshipSuggestion.id.desc()).limit(most)
    ids = reading.session.scalars(newest).all()
    student, mentor = aliased(User), aliased(User)
    live = exists().where(
        Match.student_id == MentorshipSuggestion.student_id,
        Match.mentor_id == MentorshipSuggestion.mentor_id,
        Match.state.in_(LIVE),
    )
    with reading.as_system():
        rows = reading.session.execute(
            select(MentorshipSuggestion, student.tz, mentor.name, live)
            .join(student, student.id == MentorshipSuggestion.student_id)
            .join(mentor, mentor.id == MentorshipSuggestion.mentor_id)
            .where(MentorshipSuggestion.id.in_(ids))
            .order_by(MentorshipSuggestion.id.desc())
        ).all()
    return tuple(
        SuggestionView(one.id, one.state, one.student_id, tz, one.mentor_id, name, one.suggested_at, matched)
        for one, tz, name, matched in rows
    )


def take_suggestion(work: Work, suggestion_id: UUID, wish: Wish) -> UUID:
    """Ask for a mentor, this one first. Returns the request.

    Raises `SuggestionAnswered`, and as `request_mentor` does; then the suggestion waits on.
    """
    own = _own(work, suggestion_id)
    with work.as_system():
        suggestion = _lock(work, own.id)
        rules.answer(suggestion.state, SuggestionState.TAKEN)
    request_id = request_mentor(work, own.student_id, wish, own.mentor_id)
    with work.as_system():
        _keep(work, suggestion, SuggestionState.TAKEN)
        suggestion.request_id = request_id
    return request_id


def decline_suggestion(work: Work, suggestion_id: UUID) -> None:
    """`No thanks`. Nobody is told. Raises `SuggestionAnswered`."""
    own = _own(work, suggestion_id)
    with work.as_system():
        _keep(work, _lock(work, own.id), SuggestionState.DECLINED)


def _keep(work: Work, suggestion: MentorshipSuggestion, answered: SuggestionState) -> None:
    suggestion.state, suggestion.answered_at = rules.answer(suggestion.state, answered), work.now
    redraw(work, Kind.MENTORSHIP_SUGGESTED, suggestion.id)
    work.queue(Job.REFRESH_HOME, suggestion.student_id)


def _own(work: Work, suggestion_id: UUID) -> MentorshipSuggestion:
    own = work.session.get(MentorshipSuggestion, suggestion_id)
    if own is None or own.student_id != work.actor.user_id:
        raise NotFound(suggestion_id=suggestion_id)
    return own


def _lock(work: Work, suggestion_id: UUID) -> MentorshipSuggestion:
    """The suggestion as it is now, locked: the first lock, before the student's."""
    statement = select(MentorshipSuggestion).where(MentorshipSuggestion.id == suggestion_id).with_for_update()
    return work.session.scalars(statement.execution_options(populate_existing=True)).one()
