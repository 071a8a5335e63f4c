"""Matches made by staff: two people are brought together, one mentor follows another, and what was made is taken back.

Locks: the run, the match that ends, requests, both mentors' profiles, the student.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from core.models import Match, MatchingRun, ProposedPair, Request, User
from core.rules.eligibility import Refusal
from core.rules.errors import DomainError, NotFound
from core.rules.manual_matches import Past, objections, require_allowed, require_recent
from core.rules.matches import Origin, require_live
from core.rules.reasons import checked_reason
from core.rules.requests import RequestState
from core.rules.roles import PersonState, Role
from core.rules.runs import RunKind, RunMoved, RunState
from core.rules.wishes import Wish
from core.services.audit import Deed, Subject, record
from core.services.candidates import mentor_facts
from core.services.closing import withdraw_wave
from core.services.exposure import take_back_surplus
from core.services.manual_candidates import facts_for_staff
from core.services.manual_runs import NotAMentor, NotAStudent, require_role
from core.services.matches import lock_match
from core.services.matching_runs import lock_run, use_run
from core.services.mentorships import begin, end_locked
from core.services.offer_locks import lock_person
from core.services.people import by_id, lock_user
from core.services.requests import enter, lock_request, open_request, request_mentor
from core.uow import Work


class RequestMoved(DomainError):
    """The student asked for a mentor, or took that back, at this very moment."""

    code = "request_moved"


@dataclass(frozen=True)
class ByHand:
    """Two people to bring together, and why. `instead_of`: the student's match that ends by it.

    `overruled`: staff know that the mentor is full, paused or asked about many, and mean it.
    """

    student_id: UUID
    mentor_id: UUID
    why: str
    overruled: bool = False
    instead_of: UUID | None = None


def confirm_pair(work: Work, run_id: UUID, mentor_id: UUID, why: str, *, overruled: bool = False) -> UUID:
    """Match the student of a run with a mentor whom it scored, in place of the match that it was asked for, if any.

    Returns the match. Raises as `match_by_hand` does.
    """
    run = work.session.get(MatchingRun, run_id)
    if run is None or run.student_id is None:
        raise NotFound(run_id=run_id)
    return match_by_hand(work, ByHand(run.student_id, mentor_id, why, overruled, run.match_id), run_id)


def match_by_hand(work: Work, wanted: ByHand, run_id: UUID | None = None) -> UUID:
    """Match two people as the actor, who is staff. Returns the match.

    With a run, its score and reasons are kept, and it is used once. The student's open request is matched by it, and
    what is out for it taken back. With `instead_of`, that match ends first; its two are told that it ended, never why.
    All of it happens, or nothing. Raises `InvalidFields` without a reason, `RunMoved` for a run that was used,
    `MayNotMatch`, `NeedsOverruling`, `MatchOver`, `NotAStudent`, `NotAMentor`, `RequestMoved` or `NotFound`.
    """
    if run_id is None:
        return _make(work, wanted, None)
    if (seen := work.session.get(MatchingRun, run_id)) and seen.state is RunState.USED:
        raise RunMoved(state=seen.state)  # what is over already needs no lock to say so
    run = lock_run(work, run_id)
    pair = work.session.scalar(
        select(ProposedPair)
        .where(
            ProposedPair.run_id == run.id,
            ProposedPair.student_id == wanted.student_id,
            ProposedPair.mentor_id == wanted.mentor_id,
        )
        .with_for_update()
    )
    if run.kind is not RunKind.MANUAL or pair is None:
        raise NotFound(run_id=run_id)
    use_run(work, run)
    match_id = _make(work, wanted, pair)
    pair.chosen, pair.match_id = True, match_id
    return match_id


def take_back_match(work: Work, match_id: UUID, why: str) -> UUID | None:
    """Take back a match that staff made within the hour. Returns the request that is open again, if there was one.

    Its two are told that it ended. What the student had asked for is asked anew; a match that this one followed stays
    ended, since its two were told so. Raises `TooLate`, `NotFound`, and `InvalidFields` without a reason.
    """
    why = checked_reason(why)
    if work.session.get(Match, match_id) is None:
        raise NotFound(match_id=match_id)
    match = lock_match(work, match_id)
    require_recent(match.origin, match.state, match.started_at, work.now)
    before = {"state": match.state.value}
    end_locked(work, match, ask=False)
    request_id = _ask_anew(work, match)
    after = {"state": match.state.value, "request": str(request_id) if request_id else None}
    record(work, Deed.MATCH_TAKEN_BACK, Subject.MATCH, match.id, before=before, after=after, reason=why)
    return request_id


def _make(work: Work, wanted: ByHand, pair: ProposedPair | None) -> UUID:
    why = checked_reason(wanted.why)
    former = _former(work, wanted)
    request_id = open_request(work, wanted.student_id)
    beside = [former.mentor_id] if former else []
    mentor = lock_person(work, wanted.mentor_id, *([request_id] if request_id else []), beside=beside)
    against = _require_allowed(work, wanted, request_id)
    if mentor is None:
        raise NotAMentor(name=by_id(work, wanted.mentor_id).name)
    request = lock_request(work, request_id) if request_id else None
    before: dict[str, Any] = {"mentees": mentor.current_mentees, "places": mentor.max_mentees}
    before |= {"request": request.state.value} if request else {}
    if former:
        before["former"] = former.state.value
        end_locked(work, former)
    match = Match(
        student_id=wanted.student_id,
        mentor_id=wanted.mentor_id,
        request_id=request_id,
        cohort_id=request.cohort_id if request else former.cohort_id if former else None,
        origin=Origin.MANUAL,
        score=pair.score if pair else None,
        criteria=pair.criteria if pair else [],
    )
    begin(work, match)
    if request:
        enter(work, request, RequestState.MATCHED)
        withdraw_wave(work, request)
    take_back_surplus(work, mentor)
    _record(work, match, former, before, against, why)
    return match.id


def _former(work: Work, wanted: ByHand) -> Match | None:
    """The student's match that the new one follows, locked."""
    if wanted.instead_of is None:
        return None
    seen = work.session.get(Match, wanted.instead_of)
    if seen is None or seen.student_id != wanted.student_id:
        raise NotFound(match_id=wanted.instead_of)
    former = lock_match(work, seen.id)
    require_live(former.state)
    return former


def _require_allowed(work: Work, wanted: ByHand, request_id: UUID | None) -> tuple[Refusal | Past, ...]:
    """The hard rules on rows locked here. Returns what staff overrule."""
    lock_user(work, wanted.student_id)
    require_role(work, wanted.student_id, Role.STUDENT, NotAStudent)
    if open_request(work, wanted.student_id) != request_id:
        raise RequestMoved
    facts, past = facts_for_staff(work, wanted.student_id)
    mentor = mentor_facts(work, [wanted.mentor_id]).get(wanted.mentor_id)
    if mentor is None:
        raise NotAMentor(name=by_id(work, wanted.mentor_id).name)
    against = objections(mentor, facts, past.get(wanted.mentor_id, ()), work.now)
    require_allowed(against, overruled=wanted.overruled)
    return against


def _record(
    work: Work,
    match: Match,
    former: Match | None,
    before: dict[str, Any],
    against: tuple[Refusal | Past, ...],
    why: str,
) -> None:
    after = {"state": match.state.value, "score": match.score, "overruled": [each.value for each in against]}
    if former:
        ended = {"state": former.state.value, "followed_by": str(match.id)}
        was = {"state": before.pop("former")}
        record(work, Deed.MATCH_REASSIGNED, Subject.MATCH, former.id, before=was, after=ended, reason=why)
        after["follows"] = str(former.id)
    record(work, Deed.MATCH_MADE, Subject.MATCH, match.id, before=before, after=after, reason=why)


def _ask_anew(work: Work, match: Match) -> UUID | None:
    asked = work.session.get(Request, match.request_id) if match.request_id else None
    student = work.session.get_one(User, match.student_id)
    if asked is None or student.state is not PersonState.ACTIVE or open_request(work, student.id):
        return None
    request_id = request_mentor(work, student.id, Wish.stored(asked.wish, asked.anything_else, asked.must_share))
    work.session.get_one(Request, request_id).cohort_id = asked.cohort_id
    return request_id
