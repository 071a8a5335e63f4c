"""A matched intake is published: each chosen pair in a transaction of its own, once, whatever is pressed or killed.

A plan is published by one click that marks the run as used; from then on workers publish pair by pair, and whichever
comes first locks the pair. What no longer holds is left out, with its reasons, and the rest goes out.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from core.models import Match, MatchingRun, Offer, ProposedPair, Request
from core.queue import Job
from core.rules.cohorts import FOR_A_MATCH, LeftOut, PublishAs
from core.rules.eligibility import refusals
from core.rules.errors import NotFound
from core.rules.facts import ProfileFacts, Proposal, RequestFacts
from core.rules.inputs import asked_as_json, fingerprint
from core.rules.matches import Origin
from core.rules.reasons import checked_reason
from core.rules.requests import RequestState
from core.rules.runs import RunKind, RunState
from core.rules.scores import CriterionScore
from core.services.audit import Deed, Subject, record
from core.services.candidates import mentor_facts, request_facts
from core.services.closing import withdraw_wave
from core.services.cohort_runs import Wanted
from core.services.exposure import take_back_surplus
from core.services.intakes import states_of
from core.services.matching_runs import lock_run, use_run
from core.services.mentorships import begin
from core.services.offer_locks import lock_mentors, lock_person
from core.services.proposed_pairs import TO_DO
from core.services.requests import enter, lock_request
from core.services.waves import Provenance, open_wave
from core.uow import SYSTEM, Actor, Reading, Work, admin


class PairLeftOut(Exception):
    """A chosen pair does not hold any more; nothing of it was done."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


def publish(work: Work, run_id: UUID, how: PublishAs, why: str) -> None:
    """Let a plan become offers or matches, as the actor, who is staff. Raises `RunMoved`, also the second time, and
    `InvalidFields` without a reason.
    """
    why = checked_reason(why)
    run = lock_run(work, run_id)
    if run.kind is not RunKind.COHORT:
        raise NotFound(run_id=run_id)
    use_run(work, run)
    pairs = work.session.scalar(select(func.count()).where(ProposedPair.run_id == run_id, ProposedPair.chosen)) or 0
    by = str(work.actor.user_id) if work.actor.user_id else None
    run.outcome = {**run.outcome, "published": {"as": how.value, "by": by, "why": why, "pairs": pairs}}
    record(work, Deed.COHORT_PUBLISHED, Subject.COHORT_RUN, run_id, after={"as": how.value, "pairs": pairs}, reason=why)
    work.queue(Job.PUBLISH_COHORT, run_id)


def publishing(reading: Reading) -> list[UUID]:
    """Runs that were published and of which something is still to be done."""
    to_do = select(ProposedPair.run_id).where(*TO_DO)
    used = MatchingRun.kind == RunKind.COHORT, MatchingRun.state == RunState.USED
    return list(reading.session.scalars(select(MatchingRun.id).where(*used, MatchingRun.id.in_(to_do))))


def to_publish(reading: Reading, run_id: UUID) -> list[UUID]:
    """The pairs of a published run that are still to be brought together, the best first."""
    run = reading.session.get(MatchingRun, run_id)
    if run is None or run.state is not RunState.USED:
        return []
    pairs = select(ProposedPair.id).where(ProposedPair.run_id == run_id, *TO_DO)
    return list(reading.session.scalars(pairs.order_by(ProposedPair.score.desc(), ProposedPair.id)))


def publisher(reading: Reading, run_id: UUID) -> Actor:
    """Who published a plan, in whose name its pairs are brought together."""
    run = reading.session.get(MatchingRun, run_id)
    by = run and run.outcome.get("published", {}).get("by")
    return admin(UUID(by)) if by else SYSTEM


def publish_pair(work: Work, pair_id: UUID) -> None:
    """Bring one chosen pair together; nothing if another worker has. Raises `PairLeftOut` where that cannot be."""
    pair = work.session.scalar(
        select(ProposedPair).where(ProposedPair.id == pair_id, *TO_DO).with_for_update(skip_locked=True)
    )
    if pair is None:
        return
    run = work.session.get_one(MatchingRun, pair.run_id)
    if pair.request_id is None or run.state is not RunState.USED:
        raise PairLeftOut(LeftOut.GONE)
    states = states_of(include_offered=Wanted.from_json(run.params).include_offered)
    try:
        if PublishAs(run.outcome["published"]["as"]) is PublishAs.MATCHES:
            _introduce(work, run, pair, pair.request_id, states)
        else:
            _ask(work, run, pair, pair.request_id, states)
    except NotFound:
        raise PairLeftOut(LeftOut.GONE) from None


def leave_out(work: Work, pair_id: UUID, reasons: Sequence[str]) -> None:
    """Keep why a pair was left out."""
    pair = work.session.scalar(select(ProposedPair).where(ProposedPair.id == pair_id, *TO_DO).with_for_update())
    if pair is not None:
        pair.refusals = list(reasons)


def _introduce(
    work: Work, run: MatchingRun, pair: ProposedPair, request_id: UUID, states: frozenset[RequestState]
) -> None:
    mentor = lock_person(work, pair.mentor_id, request_id)
    request = _open(work, request_id, states)
    withdraw_wave(work, request)
    work.session.flush()
    wanted, facts = request_facts(work, request_id), mentor_facts(work, [pair.mentor_id]).get(pair.mentor_id)
    if mentor is None or facts is None:
        raise PairLeftOut(LeftOut.GONE)
    if broken := [why for why in refusals(facts, wanted, work.now) if why in FOR_A_MATCH]:
        raise PairLeftOut(*broken)
    match = Match(
        student_id=pair.student_id,
        mentor_id=pair.mentor_id,
        request_id=request_id,
        cohort_id=request.cohort_id,
        origin=Origin.COHORT,
        score=pair.score,
        criteria=pair.criteria,
    )
    pair.match_id = begin(work, match)
    enter(work, request, RequestState.MATCHED)
    take_back_surplus(work, mentor)
    why = str(run.outcome["published"]["why"])
    record(work, Deed.COHORT_PAIR_MATCHED, Subject.MATCH, match.id, after={"run": str(run.id)}, reason=why)


def _ask(work: Work, run: MatchingRun, pair: ProposedPair, request_id: UUID, states: frozenset[RequestState]) -> None:
    request = _open(work, request_id, states)
    if request.state is RequestState.OFFERED:
        withdraw_wave(work, request)
        enter(work, request, RequestState.SEARCHING)
    work.session.flush()
    lock_mentors(work, [pair.mentor_id])
    wanted, facts = request_facts(work, request_id), mentor_facts(work, [pair.mentor_id]).get(pair.mentor_id)
    if facts is None:
        raise PairLeftOut(LeftOut.GONE)
    if broken := refusals(facts, wanted, work.now):
        raise PairLeftOut(*broken)
    proposal = Proposal(pair.mentor_id, pair.score, tuple(map(CriterionScore.from_json, pair.criteria)))
    open_wave(work, request_id, [proposal], _provenance(run, wanted, facts.profile, proposal), by_staff=True)
    asked = select(Offer.id).where(Offer.request_id == request_id, Offer.mentor_id == pair.mentor_id)
    pair.offer_id = work.session.scalar(asked.order_by(Offer.id.desc()).limit(1))


def _open(work: Work, request_id: UUID, states: frozenset[RequestState]) -> Request:
    request = lock_request(work, request_id)
    if request.state not in states:
        raise PairLeftOut(LeftOut.ASKED if request.state is RequestState.OFFERED else LeftOut.CLOSED)
    return request


def _provenance(run: MatchingRun, wanted: RequestFacts, mentor: ProfileFacts, proposal: Proposal) -> Provenance:
    """What the score was computed from, if both still say what they said then; else it cannot be computed again."""
    found: Mapping[str, Any] = run.outcome
    told: Mapping[str, str] = found["told"]
    say_now = {str(wanted.request_id): fingerprint(wanted), str(mentor.user_id): fingerprint(mentor)}
    same = all(told.get(who) == said for who, said in say_now.items())
    inputs = {
        "at": found["at"],
        "weights": found["weights"],
        **asked_as_json(wanted),
        "cohort_run": str(run.id),
        "mentors": [mentor.as_json()] if same else [],
        "candidates": [[str(mentor.user_id), mentor.content_hash, proposal.score]],
    }
    return Provenance(found["model"], found["weights_version"], found["index_version"], inputs)
