"""One wave: up to three mentors are asked about one student, at the same moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from core.models import Batch, Offer, Profile, Request
from core.notifications import ChannelName, Kind, notify, to_channel, to_person
from core.queue import Job
from core.rules.eligibility import refusals
from core.rules.facts import Proposal
from core.rules.offers import OFFERS_PER_WAVE, BatchState
from core.rules.requests import OFFER_TIME, RequestState, after_wave_failed
from core.rules.roles import Role
from core.services.candidates import mentor_facts, request_facts
from core.services.requests import enter, lock
from core.uow import Work


@dataclass(frozen=True)
class Provenance:
    """What a wave was computed with: enough to compute it again."""

    model: str
    weights_version: int
    index_version: str
    inputs: dict[str, Any]


class OutOfDate(Exception):
    """A proposed mentor may no longer be asked: look again with what is true now."""


def open_wave(work: Work, request_id: UUID, proposals: Sequence[Proposal], provenance: Provenance) -> bool:
    """Ask the proposed mentors, best first; whether a wave went out.

    The hard rules are checked again on rows locked here, so that nothing that changed since the search
    (a pause, a last place, another student's offer) can be overlooked. Raises `OutOfDate` if something did.
    """
    request = lock(work, request_id)
    if request.state is not RequestState.SEARCHING:
        return False
    if not proposals:
        enter(work, request, RequestState.WAITING)
        return False
    chosen = proposals[:OFFERS_PER_WAVE]
    _require_current(work, request.id, chosen)
    request.waves_used += 1
    batch = Batch(
        request_id=request.id,
        student_id=request.student_id,
        wave=request.waves_used,
        deadline=work.now + OFFER_TIME,
        model=provenance.model,
        weights_version=provenance.weights_version,
        index_version=provenance.index_version,
        inputs=provenance.inputs,
    )
    work.session.add(batch)
    work.session.flush()
    for rank, proposal in enumerate(chosen, start=1):
        _offer(work, batch, proposal, rank)
    enter(work, request, RequestState.OFFERED)
    return True


def _require_current(work: Work, request_id: UUID, proposals: Sequence[Proposal]) -> None:
    mentors = sorted(proposal.mentor_id for proposal in proposals)
    work.session.execute(
        select(Profile.id)
        .where(Profile.user_id.in_(mentors), Profile.role == Role.MENTOR)
        .order_by(Profile.user_id)
        .with_for_update()
    )
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
    )
    work.session.add(offer)
    work.session.flush()
    notify(work, to_person(offer.mentor_id), Kind.OFFER, offer.id)
    work.queue(Job.REFRESH_HOME, offer.mentor_id)


def end_wave_without_mentor(work: Work, request: Request, batch: Batch) -> None:
    """Everybody in a wave of a locked request said no: the next three are asked, or staff are."""
    batch.state = BatchState.FAILED
    state = after_wave_failed(request.waves_used)
    enter(work, request, state)
    if state is RequestState.SEARCHING:
        work.queue(Job.MATCH_REQUEST, request.id)
    else:
        notify(work, to_channel(ChannelName.ADMINS), Kind.STAFF_REQUEST, request.id)
