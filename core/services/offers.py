"""A mentor's answer to an offer. The first yes wins, whatever arrives at the same moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from core.models import Batch, Match, Offer, Profile, Request, User
from core.queue import Job
from core.rules.errors import InvalidFields, NotFound
from core.rules.matches import Origin
from core.rules.offers import BatchState, DeclineReason, OfferState, decide, move, require_room
from core.rules.profiles import TEXT, tidy
from core.rules.requests import RequestState
from core.rules.roles import Role
from core.rules.scores import CriterionScore
from core.services.closing import close_offers, show_offer
from core.services.exchanges import Exchange, exchanges
from core.services.exposure import take_back_surplus
from core.services.mentoring import begin_pause
from core.services.mentorships import begin
from core.services.offer_locks import lock_mentors, lock_offer, lock_person, own_offer
from core.services.profiles import ProfileCard
from core.services.profiles import card as profile_card
from core.services.requests import enter, lock_request
from core.services.waves import settle_wave
from core.uow import Reading, Work


@dataclass(frozen=True)
class OfferCard:
    """An offer as the asked mentor sees it. Once it is over, `student` is None: no longer theirs to see."""

    offer_id: UUID
    state: OfferState
    student_name: str
    student: ProfileCard | None
    wish: str
    anything_else: str
    score: float
    criteria: tuple[CriterionScore, ...]
    deadline: datetime
    mentor_id: UUID
    mentor_tz: str
    match_id: UUID | None
    questions: tuple[Exchange, ...] = ()
    asked_by_name: bool = False  # the student wants this mentor, who answered questions of theirs


def accept_offer(work: Work, offer_id: UUID) -> UUID:
    """Say yes: makes the match and tells the others, all in one transaction. Returns the match.

    With a place less, the mentor may stand in fewer open offers: the newest beyond that are taken back, and those
    students' requests go on. Raises `OfferClosed` or `NoRoom`.
    """
    own = own_offer(work, offer_id)
    decide(own.state, own.deadline, work.now)  # what is over already needs no lock to say so
    with work.as_system():
        mentor = _require(lock_person(work, own.mentor_id, own.request_id))
        request, offer = lock_request(work, own.request_id), lock_offer(work, own.id)
        decide(offer.state, offer.deadline, work.now)
        require_room(mentor.current_mentees, mentor.max_mentees)
        offer.state, offer.answered_at = move(offer.state, OfferState.ACCEPTED), work.now
        batch = work.session.get_one(Batch, offer.batch_id)
        batch.state, batch.selected_mentor_id, batch.ended_at = BatchState.ACCEPTED, offer.mentor_id, work.now
        mentor.ignored_offers = 0
        show_offer(work, offer.id)  # before the introduction: who said yes cannot say it once more meanwhile
        match = Match(
            student_id=offer.student_id,
            mentor_id=offer.mentor_id,
            request_id=offer.request_id,
            offer_id=offer.id,
            cohort_id=request.cohort_id,
            origin=Origin.QUESTION if offer.mentor_id == request.wanted_mentor_id else Origin.BATCH,
            score=offer.score,
            criteria=offer.criteria,
        )
        begin(work, match)
        close_offers(work, request.id, OfferState.TAKEN)
        enter(work, request, RequestState.MATCHED)
        take_back_surplus(work, mentor)
        return match.id


def decline_offer(
    work: Work, offer_id: UUID, reason: DeclineReason, note: str = "", pause: timedelta | None = None
) -> None:
    """Say no, with a reason and perhaps a pause. The last no of a wave starts the next one."""
    note = tidy(note)
    if len(note) > TEXT:
        raise InvalidFields({"note": f"Please keep this under {TEXT:,} characters."})
    own = own_offer(work, offer_id)
    with work.as_system():
        request, offer = lock_request(work, own.request_id), lock_offer(work, own.id)
        mentor = _require(lock_mentors(work, [offer.mentor_id]).get(offer.mentor_id))
        decide(offer.state, offer.deadline, work.now)
        offer.state, offer.answered_at = move(offer.state, OfferState.DECLINED), work.now
        offer.decline_reason, offer.decline_note = reason, note
        mentor.ignored_offers = 0
        if pause:
            begin_pause(work, mentor, work.now + pause)
        show_offer(work, offer.id)
        work.queue(Job.REFRESH_HOME, offer.mentor_id)
        work.queue(Job.FILL_PLACES, offer.mentor_id)
        settle_wave(work, request, offer.batch_id)


def _require(mentor: Profile | None) -> Profile:
    if mentor is None:
        raise NotFound
    return mentor


def offer_card(reading: Reading, offer_id: UUID) -> OfferCard:
    """An offer with all that helps the mentor to decide. Raises `NotFound` for what the actor may not see."""
    row = reading.session.execute(
        select(Offer, Request, User)
        .join(Request, Request.id == Offer.request_id)
        .join(User, User.id == Offer.student_id)
        .where(Offer.id == offer_id)
    ).one_or_none()
    if row is None:
        raise NotFound(offer_id=offer_id)
    offer, request, student = row
    open_ = offer.state is OfferState.OPEN
    return OfferCard(
        offer_id=offer.id,
        state=offer.state,
        student_name=student.name,
        student=profile_card(reading, offer.student_id, Role.STUDENT) if open_ else None,
        wish=request.wish,
        anything_else=request.anything_else,
        score=offer.score,
        criteria=tuple(CriterionScore.from_json(part) for part in offer.criteria),
        deadline=offer.deadline,
        mentor_id=offer.mentor_id,
        mentor_tz=reading.session.scalars(select(User.tz).where(User.id == offer.mentor_id)).one(),
        match_id=reading.session.scalar(select(Match.id).where(Match.offer_id == offer.id)),
        questions=exchanges(reading, offer.id) if open_ else (),
        asked_by_name=offer.mentor_id == request.wanted_mentor_id,
    )


def own_offer_card(reading: Reading, offer_id: UUID) -> OfferCard:
    """The card of an offer that was made to the actor, also once it is over. Raises `NotFound` for anybody else's."""
    own_offer(reading, offer_id)
    with reading.as_system():
        return offer_card(reading, offer_id)
