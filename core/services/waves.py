"""One wave: up to three mentors are asked about one student, at the same moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from core.models import Batch, Offer, Request
from core.notifications import ChannelName, Kind, notify, redraw, to_channel, to_person
from core.queue import Job
from core.rules.eligibility import refusals
from core.rules.facts import Proposal
from core.rules.offers import OFFERS_PER_WAVE, BatchState, OfferState
from core.rules.requests import RequestState, after_wave_failed
from core.services.candidates import mentor_facts, request_facts
from core.services.closing import withdraw_wave
from core.services.offer_locks import lock_mentors
from core.services.policies import current_policies, policies_at
from core.services.proposed_pairs import being_published
from core.services.requests import enter, lock_request, renew
from core.uow import Work

SOUGHT = frozenset({RequestState.SEARCHING, RequestState.WAITING})


@dataclass(frozen=True)
class Provenance:
    """What a wave was computed with: enough to compute it again."""

    model: str
    weights_version: int
    index_version: str
    inputs: dict[str, Any]


class OutOfDate(Exception):
    """A proposed mentor may no longer be asked: look again with what is true now."""


def open_wave(
    work: Work,
    request_id: UUID,
    proposals: Sequence[Proposal],
    provenance: Provenance,
    *,
    by_staff: bool = False,
) -> bool:
    """Ask the proposed mentors, best first; whether a wave went out.

    Staff may also ask about a request that they have after its last wave. A request of a plan that is being published
    is theirs: no search asks anybody about it meanwhile.

    The hard rules are checked again on rows locked here, so that nothing that changed since the search
    (a pause, a last place, another student's offer) can be overlooked. Raises `OutOfDate` if something did.
    """
    request = lock_request(work, request_id)
    if request.state not in (SOUGHT | {RequestState.STAFF} if by_staff else SOUGHT):
        return False
    if not by_staff and being_published(work, request.id):
        return False
    if not proposals:
        _wait(work, request)
        return False
    chosen = proposals[:OFFERS_PER_WAVE]
    _require_current(work, request.id, chosen)
    request.waves_used += 1
    batch = Batch(
        request_id=request.id,
        student_id=request.student_id,
        wave=request.waves_used,
        deadline=work.now + current_policies(work).offer_time,
        model=provenance.model,
        weights_version=provenance.weights_version,
        index_version=provenance.index_version,
        inputs=provenance.inputs,
        created_at=work.now,
    )
    work.session.add(batch)
    work.session.flush()
    for rank, proposal in enumerate(chosen, start=1):
        _offer(work, batch, proposal, rank)
    enter(work, request, RequestState.OFFERED)
    return True


def _wait(work: Work, request: Request) -> None:
    """Nobody can be asked today. Who waits already is told no more than the next date, when the last has passed."""
    if request.state is not RequestState.WAITING:
        enter(work, request, RequestState.WAITING)
    elif request.next_step_at and request.next_step_at <= work.now:
        renew(work, request)


def _require_current(work: Work, request_id: UUID, proposals: Sequence[Proposal]) -> None:
    mentors = sorted(proposal.mentor_id for proposal in proposals)
    lock_mentors(work, mentors)
    wanted, facts = request_facts(work, request_id), mentor_facts(work, mentors)
    stale = [m for m in mentors if m not in facts or refusals(facts[m], wanted, work.now)]
    if stale:
        raise OutOfDate(stale)


def _offer(work: Work, batch: Batch, proposal: Proposal, rank: int) -> None:
    offer = Offer(
        batch_id=batch.id,
        request_id=batch.request_id,
        student_id=batch.student_id,
        mentor_id=proposal.mentor_id,
        rank=rank,
        score=proposal.score,
        criteria=[part.as_json() for part in proposal.criteria],
        deadline=batch.deadline,
        created_at=work.now,
    )
    work.session.add(offer)
    work.session.flush()
    notify(work, to_person(offer.mentor_id), Kind.OFFER, offer.id)
    work.queue(Job.REFRESH_HOME, offer.mentor_id)


def settle_wave(work: Work, request: Request, batch_id: UUID) -> None:
    """Go on after something changed in the wave of a locked request.

    While somebody is still asked, wait until the last of their deadlines. With nobody left, ask the next three, or
    staff; a wave that was taken back as a whole does not count.
    """
    work.session.flush()
    batch = work.session.get_one(Batch, batch_id)
    offers = work.session.execute(select(Offer.state, Offer.deadline).where(Offer.batch_id == batch_id)).all()
    deadlines = [deadline for state, deadline in offers if state is OfferState.OPEN]
    if deadlines:
        batch.deadline = request.next_step_at = max(deadlines)
        redraw(work, Kind.REQUEST_STATUS, request.id)
        work.queue(Job.REFRESH_HOME, request.student_id)
    elif all(state is OfferState.WITHDRAWN for state, _ in offers):
        withdraw_wave(work, request)
        enter(work, request, RequestState.SEARCHING)
        work.queue(Job.MATCH_REQUEST, request.id)
    else:
        _end_without_mentor(work, request, batch)


def _end_without_mentor(work: Work, request: Request, batch: Batch) -> None:
    """Everybody in a wave of a locked request said no or nothing: the next three are asked, or staff are."""
    batch.state, batch.ended_at = BatchState.FAILED, work.now
    state = after_wave_failed(request.waves_used, policies_at(work, request.created_at).most_waves)
    enter(work, request, state)
    if state is RequestState.SEARCHING:
        work.queue(Job.MATCH_REQUEST, request.id)
    else:
        notify(work, to_channel(ChannelName.ADMINS), Kind.STAFF_REQUEST, request.id)
