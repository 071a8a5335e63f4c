"""What should have happened by now to requests, offers and profiles, and is made to happen. Safe to run twice."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select, update

from core.models import Offer, OfferQuestion, Profile, ProfileVector, Request
from core.notifications import ChannelName, Kind, notify, to_channel, to_person
from core.rules.offer_questions import PATIENCE
from core.rules.offers import OfferState
from core.rules.requests import RequestState
from core.services.closing import close_offers
from core.services.mentoring import note_silence
from core.services.offer_locks import lock_mentors
from core.services.policies import timeline
from core.services.requests import lock_request, renew
from core.services.waves import SOUGHT, settle_wave
from core.uow import Reading, Work

AT_ONCE = 200


def searches(reading: Reading) -> list[UUID]:
    """Requests that should have been searched for by now, or tried again."""
    return list(
        reading.session.scalars(
            select(Request.id)
            .where(Request.state.in_(SOUGHT), Request.next_step_at <= reading.now)
            .order_by(Request.next_step_at)
            .limit(AT_ONCE)
        )
    )


def offers_over(reading: Reading) -> list[UUID]:
    """Requests with an open offer whose mentor has had their time to answer."""
    over = select(Offer.request_id).where(*_over(reading.now)).order_by(Offer.deadline).limit(AT_ONCE)
    return list(dict.fromkeys(reading.session.scalars(over)))


def expire_offers(work: Work, request_id: UUID) -> None:
    """End a request's offers whose deadline has passed; after the last one, the next three mentors are asked."""
    request = lock_request(work, request_id)
    over = select(Offer.batch_id, Offer.created_at).where(Offer.request_id == request_id, *_over(work.now))
    asked = work.session.execute(over).first()
    if asked is None:
        return
    silent = close_offers(work, request_id, OfferState.EXPIRED, *_over(work.now))
    for mentor in lock_mentors(work, silent).values():
        note_silence(work, mentor, asked.created_at)
    settle_wave(work, request, asked.batch_id)


def _over(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Offer.state == OfferState.OPEN, Offer.deadline < now


def reminders(reading: Reading) -> list[UUID]:
    """Open offers whose mentor has not answered some time before the deadline, and has not been reminded."""
    unreminded = select(Offer.id).where(*_unreminded(reading)).order_by(Offer.deadline)
    return list(reading.session.scalars(unreminded.limit(AT_ONCE)))


def remind(work: Work, offer_id: UUID) -> None:
    """Remind a mentor of an offer, once."""
    mentor_id = work.session.scalar(
        update(Offer)
        .where(Offer.id == offer_id, *_unreminded(work))
        .values(reminded_at=work.now)
        .returning(Offer.mentor_id)
        .execution_options(synchronize_session=False)
    )
    if mentor_id:
        notify(work, to_person(mentor_id), Kind.OFFER_REMINDER, offer_id)


def _unreminded(reading: Reading) -> tuple[ColumnElement[bool], ...]:
    """Nobody is reminded while they wait for a student's answer. How early it is counts by when they were asked."""
    now, policies = reading.now, timeline(reading)
    asked = exists().where(
        OfferQuestion.offer_id == Offer.id, OfferQuestion.answer.is_(None), OfferQuestion.created_at > now - PATIENCE
    )
    return (
        Offer.state == OfferState.OPEN,
        Offer.reminded_at.is_(None),
        Offer.deadline <= now + policies.longest(lambda each: each.remind_before),
        Offer.deadline - policies.lasting(Offer.created_at, lambda each: each.remind_before) <= now,
        Offer.deadline > now,
        ~asked,
    )


def with_staff_too_long(reading: Reading) -> list[UUID]:
    """Requests that staff have not moved on by the date the student was given."""
    late = select(Request.id).where(Request.state == RequestState.STAFF, Request.next_step_at <= reading.now)
    return list(reading.session.scalars(late.order_by(Request.next_step_at).limit(AT_ONCE)))


def remind_staff(work: Work, request_id: UUID) -> None:
    """Give the request its next date, which the student sees, and put it before staff once more."""
    request = lock_request(work, request_id)
    passed = request.next_step_at
    if request.state is RequestState.STAFF and passed is not None and passed <= work.now:
        renew(work, request)
        notify(work, to_channel(ChannelName.ADMINS), Kind.STAFF_REQUEST, request.id, passed.isoformat())


def profiles_without_vectors(reading: Reading) -> list[UUID]:
    """Profiles that no worker has encoded as they now stand."""
    encoded = exists().where(ProfileVector.profile_id == Profile.id, ProfileVector.content_hash == Profile.content_hash)
    return list(reading.session.scalars(select(Profile.id).where(~encoded).limit(AT_ONCE)))
