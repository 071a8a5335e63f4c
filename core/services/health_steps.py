"""What staff did about a mentorship that may be ending: noted in the audit log, and read there."""

from uuid import UUID

from sqlalchemy import select

from core.models import Match, MatchHealth
from core.rules.errors import InvalidFields, NotFound
from core.rules.matches import LIVE
from core.services.audit import Deed, Subject, record
from core.uow import Work

NOTE = 1000
"""Characters of a note."""


def note_step(work: Work, match_id: UUID, note: str) -> None:
    """Note what the actor, who is staff, did about a running match.

    Nothing about the match changes by it: its health is what the pair does and says. Raises `NotFound` where nobody
    has looked at the match or it is over, and `InvalidFields` for a note that says nothing or too much.
    """
    said = note.strip()
    if not said:
        raise InvalidFields({"note": "Please say in a few words what you did."})
    if len(said) > NOTE:
        raise InvalidFields({"note": f"Please say it in at most {NOTE:,} characters."})
    found = work.session.scalar(
        select(MatchHealth)
        .join(Match, Match.id == MatchHealth.match_id)
        .where(MatchHealth.match_id == match_id, Match.state.in_(LIVE))
    )
    if found is None:
        raise NotFound(match_id=match_id)
    before = {"health": found.state.value, "since": found.since.isoformat()}
    record(work, Deed.HEALTH_STEP, Subject.MATCH, match_id, before=before, reason=said)
