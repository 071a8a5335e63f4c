"""What staff decide about a match. The pair is told what happened, never why; who and why stands in the audit log."""

from uuid import UUID

from sqlalchemy import select

from core.models import Match
from core.rules.errors import DomainError, NotFound
from core.rules.matches import LIVE
from core.rules.reasons import checked_reason
from core.services.audit import Deed, Subject, record
from core.services.matches import lock_match
from core.services.mentorships import end_locked
from core.uow import Reading, Work


class NotMatched(DomainError):
    """The two have no running match with each other."""

    code = "not_matched"


def end_as_staff(work: Work, match_id: UUID, why: str) -> None:
    """End a running match as the actor, who is staff, for a reason that only staff read.

    Raises `MatchOver`, `NotFound`, and `InvalidFields` without a reason.
    """
    why = checked_reason(why)
    if work.session.get(Match, match_id) is None:
        raise NotFound(match_id=match_id)
    match = lock_match(work, match_id)
    before = {"state": match.state.value}
    end_locked(work, match)
    record(
        work, Deed.MATCH_ENDED, Subject.MATCH, match.id, before=before, after={"state": match.state.value}, reason=why
    )


def match_between(reading: Reading, one_id: UUID, other_id: UUID) -> UUID:
    """The running match of two people, whichever of them is the student. Raises `NotMatched`."""
    both = (Match.student_id.in_([one_id, other_id]), Match.mentor_id.in_([one_id, other_id]))
    found = reading.session.scalar(select(Match.id).where(*both, Match.state.in_(LIVE)).limit(1))
    if found is None:
        raise NotMatched
    return found
