"""What should have happened by now to requests and profiles, and is made to happen."""

from uuid import UUID

from sqlalchemy import exists, select

from core.models import Batch, Profile, ProfileVector, Request
from core.queue import Job
from core.rules.offers import BatchState, OfferState
from core.rules.requests import RequestState
from core.services.requests import close_offers, enter, lock
from core.services.waves import end_wave_without_mentor
from core.uow import Reading, Work

AT_ONCE = 200


def searches(reading: Reading) -> list[UUID]:
    """Requests that should have been searched for by now, or tried again."""
    waiting = (RequestState.SEARCHING, RequestState.WAITING)
    return list(
        reading.session.scalars(
            select(Request.id)
            .where(Request.state.in_(waiting), Request.next_step_at <= reading.now)
            .order_by(Request.next_step_at)
            .limit(AT_ONCE)
        )
    )


def search_again(work: Work, request_id: UUID) -> None:
    """Ask for a search, taking a waiting request off its list first."""
    request = lock(work, request_id)
    if request.state is RequestState.WAITING and request.next_step_at and request.next_step_at <= work.now:
        enter(work, request, RequestState.SEARCHING)
    if request.state is RequestState.SEARCHING:
        work.queue(Job.MATCH_REQUEST, request.id)


def waves_over(reading: Reading) -> list[UUID]:
    """Requests whose mentors have had their time to answer."""
    return list(
        reading.session.scalars(
            select(Batch.request_id)
            .where(Batch.state == BatchState.OPEN, Batch.deadline < reading.now)
            .order_by(Batch.deadline)
            .limit(AT_ONCE)
        )
    )


def end_wave(work: Work, request_id: UUID) -> None:
    """End a wave whose deadline has passed: its open offers expire, and the next three mentors are asked."""
    request = lock(work, request_id)
    batch = work.session.scalar(
        select(Batch).where(Batch.request_id == request_id, Batch.state == BatchState.OPEN, Batch.deadline < work.now)
    )
    if batch is not None:
        close_offers(work, request_id, OfferState.EXPIRED)
        end_wave_without_mentor(work, request, batch)


def profiles_without_vectors(reading: Reading) -> list[UUID]:
    """Profiles that no worker has encoded as they now stand."""
    encoded = exists().where(ProfileVector.profile_id == Profile.id, ProfileVector.content_hash == Profile.content_hash)
    return list(reading.session.scalars(select(Profile.id).where(~encoded).limit(AT_ONCE)))
