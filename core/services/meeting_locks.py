"""Locks around meetings, always in one order: the match, then its meetings. A pair does one thing at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import select

from core.models import Match, Meeting
from core.notifications import Kind, redraw
from core.rules.errors import NotFound
from core.services.matches import lock_match, own_match, refresh_homes
from core.uow import Work

CARDS = (
    Kind.MEETING_PROPOSED,
    Kind.MEETING_REFUSED,
    Kind.MEETING_PLANNED,
    Kind.MEETING_INVITATION,
    Kind.MEETING_CANCELLED,
    Kind.MEETING_OVER,
    Kind.MEETING_LOGGED,
)
"""All that is drawn of a meeting and changes with it."""


def lock_meeting(work: Work, meeting_id: UUID) -> Meeting:
    """The meeting as it is now, locked, its match being locked already. For the system."""
    statement = select(Meeting).where(Meeting.id == meeting_id).with_for_update()
    return work.session.scalars(statement.execution_options(populate_existing=True)).one()


@contextmanager
def locked(work: Work, meeting_id: UUID) -> Iterator[tuple[Meeting, Match]]:
    """A meeting of the actor's own with its match, both locked; within, the work goes on as the system."""
    own = work.session.get(Meeting, meeting_id)
    if own is None:
        raise NotFound(meeting_id=meeting_id)
    match_id = own_match(work, own.match_id).id
    with work.as_system():
        match = lock_match(work, match_id)
        yield lock_meeting(work, meeting_id), match


def show(work: Work, meeting: Meeting, match: Match) -> None:
    """Draw all that shows this meeting again."""
    for kind in CARDS:
        redraw(work, kind, meeting.id)
    refresh_homes(work, match)
