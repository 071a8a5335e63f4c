"""A mentor's answer to an offer. The first yes wins, whatever arrives at the same moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from core.models import Batch, Match, Offer, Profile, Request, User
from core.notifications import Kind, notify, redraw, to_pair
from core.queue import Job
from core.rules.errors import InvalidFields, NotFound
from core.rules.matches import MatchState, Origin
from core.rules.offers import BatchState, DeclineReason, OfferState, decide, require_room
from core.rules.profiles import TEXT, tidy
from core.rules.requests import RequestState
from core.rules.roles import Role
from core.rules.scores import CriterionScore
from core.services.profiles import ProfileCard
from core.services.profiles import card as profile_card
from core.services.requests import close_offers, enter, lock
from core.services.waves import end_wave_without_mentor
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


def accept_offer(work: Work, offer_id: UUID) -> UUID:
    """Say yes: makes the match and tells the others, all in one transaction. Returns the match.

    Locks the request, then the offer, then the mentor's profile. Raises `OfferClosed` or `NoRoom`.
    """
    own = _own(work, offer_id)
    with work.as_system():
        request, offer = lock(work, own.request_id), _lock_offer(work, own.id)
        mentor = _lock_mentor(work, offer.mentor_id)
        decide(offer.state, offer.deadline, work.now)
        require_room(mentor.current_mentees, mentor.max_mentees)
        offer.state, offer.answered_at = OfferState.ACCEPTED, work.now
        batch = work.session.get_one(Batch, offer.batch_id)
        batch.state, batch.selected_mentor_id = BatchState.ACCEPTED, offer.mentor_id
        match = Match(
            student_id=offer.student_id,
            mentor_id=offer.mentor_id,
            request_id=offer.request_id,
            offer_id=offer.id,
            cohort_id=request.cohort_id,
            origin=Origin.BATCH,
            state=MatchState.ACTIVE,
            score=offer.score,
            criteria=offer.criteria,
        )
        work.session.add(match)
        work.session.flush()
        close_offers(work, request.id, OfferState.TAKEN)
        enter(work, request, RequestState.MATCHED)
        redraw(work, Kind.OFFER, offer.id)
        notify(work, to_pair(match.id), Kind.INTRODUCTION, match.id)
        work.queue(Job.REFRESH_HOME, offer.mentor_id)
        return match.id


def decline_offer(
    work: Work, offer_id: UUID, reason: DeclineReason, note: str = "", pause: timedelta | None = None
) -> None:
    """Say no, with a reason and perhaps a pause. The last no of a wave starts the next one."""
    note = tidy(note)
    if len(note) > TEXT:
        raise InvalidFields({"note": f"Please keep this under {TEXT:,} characters."})
    own = _own(work, offer_id)
    with work.as_system():
        request, offer = lock(work, own.request_id), _lock_offer(work, own.id)
        mentor = _lock_mentor(work, offer.mentor_id)
        decide(offer.state, offer.deadline, work.now)
        offer.state, offer.answered_at = OfferState.DECLINED, work.now
        offer.decline_reason, offer.decline_note = reason, note
        if pause:
            mentor.paused_until = work.now + pause
        work.session.flush()
        redraw(work, Kind.OFFER, offer.id)
        work.queue(Job.REFRESH_HOME, offer.mentor_id)
        still_open = select(Offer.id).where(Offer.batch_id == offer.batch_id, Offer.state == OfferState.OPEN)
        if work.session.scalar(still_open.limit(1)) is None:
            end_wave_without_mentor(work, request, work.session.get_one(Batch, offer.batch_id))
        else:
            redraw(work, Kind.REQUEST_STATUS, request.id)


def _own(work: Work, offer_id: UUID) -> Offer:
    offer = work.session.get(Offer, offer_id)
    if offer is None or offer.mentor_id != work.actor.user_id:
        raise NotFound(offer_id=offer_id)
    return offer


def _lock_offer(work: Work, offer_id: UUID) -> Offer:
    statement = select(Offer).where(Offer.id == offer_id).with_for_update()
    return work.session.scalars(statement.execution_options(populate_existing=True)).one()


def _lock_mentor(work: Work, mentor_id: UUID) -> Profile:
    statement = select(Profile).where(Profile.user_id == mentor_id, Profile.role == Role.MENTOR).with_for_update()
    return work.session.scalars(statement.execution_options(populate_existing=True)).one()


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
    )
