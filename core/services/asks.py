"""Asks: what a person was asked about their matches, how it stands, and what they answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.orm import aliased

from core.models import Ask, Feedback, Match, User, new_id
from core.notifications import Kind, notify, redraw, to_person
from core.queue import Job
from core.rules.checkins import (
    LIFE,
    AskKind,
    AskState,
    CheckInAnswer,
    FeedbackKind,
    Rating,
    Reason,
    checked_rating,
    require_open,
)
from core.rules.errors import NotFound
from core.rules.matches import MatchState
from core.rules.roles import PersonState
from core.services.help import asked_for_help
from core.services.listing import First, first
from core.services.matches import lock_match, partner_of
from core.uow import Reading, Work

AT_ONCE = 200
FEEDBACK_OF = {
    AskKind.CHECK_IN: FeedbackKind.CHECK_IN,
    AskKind.SURVEY: FeedbackKind.SURVEY,
    AskKind.CLOSING: FeedbackKind.CLOSING,
}


@dataclass(frozen=True)
class AskView:
    """One ask with what its person reads about it. `answer` and `rating` are what they said, for them alone."""

    ask_id: UUID
    sheet_id: UUID | None
    match_id: UUID
    match_state: MatchState
    kind: AskKind
    slot: str
    state: AskState
    asked_at: datetime | None
    person_id: UUID
    partner_name: str
    partner_email: str | None
    i_am_student: bool
    goals: str = ""
    answer: str = ""
    rating: int | None = None
    shared: bool = False

    @property
    def is_open(self) -> bool:
        """Whether an answer is still awaited."""
        return self.state is AskState.ASKED

    @property
    def answer_by(self) -> datetime | None:
        """Until when it can be answered, unless the next one comes before."""
        return self.asked_at + LIFE if self.asked_at else None


@dataclass(frozen=True)
class Sheet:
    """All that a person was asked in one message."""

    sheet_id: UUID
    person_id: UUID
    asks: tuple[AskView, ...]

    @property
    def is_open(self) -> bool:
        """Whether anything here still awaits an answer."""
        return any(ask.is_open for ask in self.asks)


def sheet_view(reading: Reading, sheet_id: UUID) -> Sheet:
    """What was asked in one message, as it stands. Raises `NotFound` for anybody else's."""
    found = _views(reading, Ask.sheet_id == sheet_id)
    if not found:
        raise NotFound(sheet_id=sheet_id)
    return Sheet(sheet_id, found[0].person_id, found)


def ask_view(reading: Reading, ask_id: UUID) -> AskView:
    """One ask, as it stands. Raises `NotFound` for anybody else's."""
    found = _views(reading, Ask.id == ask_id)
    if not found:
        raise NotFound(ask_id=ask_id)
    return found[0]


def open_asks(reading: Reading, person_id: UUID) -> tuple[AskView, ...]:
    """Whatever a person is asked at present, the newest first."""
    return tuple(reversed(_views(reading, Ask.person_id == person_id, Ask.state == AskState.ASKED)))


def asks_at_home(reading: Reading, person_id: UUID, most: int) -> First[AskView]:
    """Of each match what was asked last and is open, the newest first."""
    newest = (
        select(Ask.id)
        .where(Ask.person_id == person_id, Ask.state == AskState.ASKED)
        .ext(distinct_on(Ask.match_id))
        .order_by(Ask.match_id, Ask.asked_at.desc(), Ask.id.desc())
    )
    asked = select(Ask.id).where(Ask.id.in_(newest)).order_by(Ask.asked_at.desc(), Ask.id.desc())
    found = first(reading, asked, most, lambda ask_id: ask_id)
    return First(tuple(reversed(_views(reading, Ask.id.in_(found.shown)))), found.more)


def _views(reading: Reading, *which: ColumnElement[bool]) -> tuple[AskView, ...]:
    """Asks that went out, in the order in which they did."""
    student, mentor = aliased(User), aliased(User)
    rows = reading.session.execute(
        select(Ask, Match, student, mentor, Feedback)
        .join(Match, Match.id == Ask.match_id)
        .join(student, student.id == Match.student_id)
        .join(mentor, mentor.id == Match.mentor_id)
        .outerjoin(Feedback, Feedback.ask_id == Ask.id)
        .where(Ask.state != AskState.SKIPPED, *which)
        .order_by(Ask.asked_at, Ask.id)
    )
    return tuple(_view(*row) for row in rows)


def _view(ask: Ask, match: Match, student: User, mentor: User, said: Feedback | None) -> AskView:
    i_am_student = ask.person_id == student.id
    partner = mentor if i_am_student else student
    return AskView(
        ask_id=ask.id,
        sheet_id=ask.sheet_id,
        match_id=match.id,
        match_state=match.state,
        kind=ask.kind,
        slot=ask.slot,
        state=ask.state,
        asked_at=ask.asked_at,
        person_id=ask.person_id,
        partner_name=partner.name,
        partner_email=partner.email,
        i_am_student=i_am_student,
        goals=match.goals if match.agreed_at else "",
        answer=said.answer if said else "",
        rating=said.rating if said else None,
        shared=said.shared if said else False,
    )


def answer_check_in(work: Work, ask_id: UUID, answer: CheckInAnswer) -> None:
    """Answer a check-in in one tap, once. What was said is for staff alone. Raises `AskAnswered` or `AskLapsed`."""
    own = _own(work, ask_id)
    if own.kind is not AskKind.CHECK_IN:
        raise NotFound(ask_id=ask_id)
    with work.as_system():
        _settle(work, own, Feedback(answer=answer.value))


def rate(work: Work, ask_id: UUID, rating: Rating) -> None:
    """Answer an ask with a rating, once; private unless shared. Raises `AskAnswered`, `AskLapsed`, `InvalidFields`."""
    rating = checked_rating(rating)
    own = _own(work, ask_id)
    with work.as_system():
        said = _settle(work, own, feedback_of(rating))
        tell_partner(work, said)


def feedback_of(rating: Rating) -> Feedback:
    """A rating as it is kept."""
    return Feedback(rating=rating.rating, comment=rating.comment, shared=rating.shared)


def tell_partner(work: Work, said: Feedback) -> None:
    """Let the partner read what was said, if it was shared."""
    if said.shared:
        partner_id = partner_of(work.session.get_one(Match, said.match_id), said.author_id)
        notify(work, to_person(partner_id), Kind.FEEDBACK_SHARED, said.id)


def open_ask_of(reading: Reading, match_id: UUID, person_id: UUID) -> Ask | None:
    """What this person is asked about this match at present: a survey before a check-in."""
    found = reading.session.scalars(
        select(Ask).where(Ask.match_id == match_id, Ask.person_id == person_id, Ask.state == AskState.ASKED)
    ).all()
    return min(found, key=lambda ask: ask.kind is AskKind.CHECK_IN, default=None)


def _own(work: Work, ask_id: UUID) -> Ask:
    own = work.session.get(Ask, ask_id)
    if own is None or own.person_id != work.actor.user_id:
        raise NotFound(ask_id=ask_id)
    return own


def _settle(work: Work, own: Ask, said: Feedback) -> Feedback:
    """Keep what was said as the one answer, and let every place show it."""
    lock_match(work, own.match_id)
    work.session.refresh(own)
    before = work.session.scalar(select(Feedback.answer).where(Feedback.ask_id == own.id))
    require_open(own.state, before or "")
    said.match_id, said.author_id, said.ask_id = own.match_id, own.person_id, own.id
    said.kind, said.said_at = FEEDBACK_OF[own.kind], work.now
    own.state, own.answered_at = AskState.ANSWERED, work.now
    work.session.add(said)
    work.session.flush()
    show(work, own)
    return said


def show(work: Work, ask: Ask) -> None:
    """Draw the message and the Home tab anew on which an ask stands."""
    if ask.sheet_id:
        redraw(work, Kind.CHECK_IN, ask.sheet_id)
        redraw(work, Kind.SURVEY, ask.sheet_id)
    work.queue(Job.REFRESH_HOME, ask.person_id)


def asks_over(reading: Reading) -> list[UUID]:
    """Asks that got no answer in their time."""
    over = select(Ask.id).where(Ask.state == AskState.ASKED, Ask.asked_at <= reading.now - LIFE)
    return list(reading.session.scalars(over.order_by(Ask.asked_at).limit(AT_ONCE)))


def end_ask(work: Work, ask_id: UUID) -> None:
    """Let an ask lapse whose time has passed; its message then says so."""
    found = work.session.get(Ask, ask_id)
    if found:
        lock_match(work, found.match_id)
        lapse_open(work, Ask.id == ask_id, Ask.asked_at <= work.now - LIFE)


def lapse_open(work: Work, *which: ColumnElement[bool]) -> None:
    """Let open asks of a locked match lapse."""
    lapsed = work.session.scalars(select(Ask).where(Ask.state == AskState.ASKED, *which).with_for_update()).all()
    for ask in lapsed:
        ask.state = AskState.LAPSED
        work.session.flush()
        show(work, ask)


def ask_closing(work: Work, match_id: UUID) -> None:
    """Ask both sides how it was, once, when their match is over. What was open till then lapses.

    Nobody is asked who left, nor who asked for help about it, nor either side of a pair that is kept apart.
    """
    with work.as_system():
        match = lock_match(work, match_id)
        lapse_open(work, Ask.match_id == match_id, Ask.kind != AskKind.CLOSING)
        for person_id in (match.student_id, match.mentor_id):
            if work.session.get_one(User, person_id).state is PersonState.ACTIVE:
                _ask_closing(work, match_id, person_id, Reason.HELP if asked_for_help(work, match, person_id) else "")


def _ask_closing(work: Work, match_id: UUID, person_id: UUID, reason: str) -> None:
    sheet_id = None if reason else new_id()
    made = work.session.scalar(
        insert(Ask)
        .values(
            id=new_id(),
            match_id=match_id,
            person_id=person_id,
            kind=AskKind.CLOSING,
            slot="end",
            due_at=work.now,
            state=AskState.SKIPPED if reason else AskState.ASKED,
            reason=reason,
            sheet_id=sheet_id,
            asked_at=None if reason else work.now,
        )
        .on_conflict_do_nothing()
        .returning(Ask.id)
    )
    if made and sheet_id:
        notify(work, to_person(person_id), Kind.SURVEY, sheet_id)
        work.queue(Job.REFRESH_HOME, person_id)
