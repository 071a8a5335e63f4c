"""What staff had computed about somebody, and wrote to them."""

from uuid import UUID

from sqlalchemy import ColumnElement, or_

from core.models import MatchingRun, ProposedPair, StaffMessage
from core.services.own_data_tables.parts import LINKED, OTHERS, Part, either, of_matches, theirs


def _written_by_staff(person_id: UUID) -> ColumnElement[bool]:
    """To them or to both of a pair of theirs; on staff, what they wrote themselves."""
    to_them = or_(StaffMessage.recipient_id == person_id, StaffMessage.recipient_id.is_(None))
    return or_(StaffMessage.author_id == person_id, of_matches(StaffMessage)(person_id) & to_them)


STAFF_MESSAGES = Part(
    "What staff wrote about a mentorship, to you or in your name",
    StaffMessage,
    _written_by_staff,
    {"body": "Message", "created_at": "Written on"},
    {"match_id": LINKED, "author_id": LINKED, "recipient_id": LINKED},
)

PROPOSED_PAIRS = Part(
    "What staff had computed about you",
    ProposedPair,
    either(ProposedPair),
    {"score": "Score of 100", "chosen": "Chosen", "created_at": "On"},
    {
        **dict.fromkeys(("run_id", "student_id", "mentor_id", "request_id", "match_id", "offer_id"), LINKED),
        "criteria": OTHERS,
        "refusals": OTHERS,
    },
    hidden=True,
)

MATCHING_RUNS = Part(
    "Computations by staff for you alone",
    MatchingRun,
    theirs(MatchingRun, "student_id"),
    {"kind": "What", "state": "State", "created_at": "On", "ready_at": "Ready on", "used_at": "Used on"},
    {
        **dict.fromkeys(("asked_by_id", "student_id", "match_id", "cohort_id"), LINKED),
        **dict.fromkeys(("params", "outcome", "failure"), OTHERS),
    },
    hidden=True,
)
