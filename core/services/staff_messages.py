"""What somebody on staff writes to a pair, or to one of the two, in their own name."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from core.models import Match, StaffMessage
from core.notifications import Kind, notify, to_pair, to_person
from core.rules.errors import InvalidFields, NotFound
from core.rules.profiles import tidy
from core.rules.reasons import checked_reason
from core.rules.repeats import same_since
from core.services.apart import kept_apart
from core.services.audit import Deed, Subject, record
from core.services.people import Person, by_id
from core.services.two_sides import TwoSides
from core.uow import Reading, Work

MOST = 2000
"""Characters of a message."""


@dataclass(frozen=True)
class StaffMessageView(TwoSides):
    """A message of staff: who wrote it, to whom of the two (None: both), and what."""

    match_id: UUID
    author: Person | None  # None once they are erased
    student: Person
    mentor: Person
    to: UUID | None
    text: str


def write_to_pair(work: Work, match_id: UUID, text: str, why: str, to: UUID | None = None) -> None:
    """Write to both sides of a match in their conversation, or to one of them alone, as the actor, who is staff.

    The same sent twice goes out once. The audit log notes that it was written, to whom and why, never what. Raises
    `NotFound`, and `InvalidFields` for a text or a reason that says nothing or too much, and for both of two who are
    kept apart.
    """
    text, why = _checked(text), checked_reason(why)
    match = work.session.get(Match, match_id, with_for_update=True)
    if match is None or to not in (None, match.student_id, match.mentor_id):
        raise NotFound(match_id=match_id)
    if to is None and work.session.scalar(select(kept_apart(match.student_id, match.mentor_id))):
        raise InvalidFields({"to": "These two are kept apart. Please write to each of them alone."})
    if _written_already(work, match_id, to, text):
        return
    written = StaffMessage(
        match_id=match_id, author_id=work.actor.user_id, recipient_id=to, body=text, created_at=work.now
    )
    work.session.add(written)
    work.session.flush()
    notify(work, to_person(to) if to else to_pair(match_id), Kind.STAFF_MESSAGE, written.id)
    told = {"to": str(to) if to else "both"}
    record(work, Deed.WROTE_TO_PAIR, Subject.MATCH, match_id, after=told, reason=why)


def staff_message(reading: Reading, message_id: UUID) -> StaffMessageView:
    """A message with its people. Raises `NotFound`."""
    written = reading.session.get(StaffMessage, message_id)
    if written is None:
        raise NotFound(message_id=message_id)
    match = reading.session.get_one(Match, written.match_id)
    return StaffMessageView(
        match_id=match.id,
        author=by_id(reading, written.author_id) if written.author_id else None,
        student=by_id(reading, match.student_id),
        mentor=by_id(reading, match.mentor_id),
        to=written.recipient_id,
        text=written.body,
    )


def _checked(text: str) -> str:
    text = tidy(text)
    if not text:
        raise InvalidFields({"text": "Please write a few words."})
    if len(text) > MOST:
        raise InvalidFields({"text": f"Please keep it under {MOST:,} characters."})
    return text


def _written_already(work: Work, match_id: UUID, to: UUID | None, text: str) -> bool:
    same = select(StaffMessage.id).where(
        StaffMessage.match_id == match_id,
        StaffMessage.author_id == work.actor.user_id,
        StaffMessage.recipient_id.is_not_distinct_from(to),
        StaffMessage.body == text,
        StaffMessage.created_at > same_since(work.now),
    )
    return work.session.scalar(same.limit(1)) is not None
