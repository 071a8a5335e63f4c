"""A small world with a row in every table, for the matrix of row security: who may do what with it.

Mia is a student and Kim her mentor. Zoe is another student, Lee another mentor; they have nothing to do with the two.
Ada is staff.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from core.models import Base, new_id
from tests.conftest import NOON

MIA, KIM, ZOE, LEE, ADA = (UUID(int=number) for number in range(1, 6))
NAMES = {MIA: "Mia", KIM: "Kim", ZOE: "Zoe", LEE: "Lee", ADA: "Ada"}
SOON = NOON + timedelta(days=3)
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """One row that is tried. `text` says what it is, for whoever reads the matrix."""

    table: str
    text: str
    values: Values
    id: UUID = field(default_factory=new_id)

    def add(self, connection: Connection) -> None:
        """Put it where it belongs."""
        connection.execute(Base.metadata.tables[self.table].insert().values(id=self.id, **self.values))


def _user(id_: UUID, role: str) -> Values:
    name = NAMES[id_]
    return {"name": name, "email": f"{name.lower()}@example.org", "roles": [role]}


def _profile(user: UUID, role: str) -> Values:
    return {"user_id": user, "role": role, "headline": "Biology", "goals": "Data", "content_hash": "x"}


def _question(text: str, **more: Any) -> Values:
    asked = {"student_id": MIA, "question": text, "posted_at": NOON, "opened_at": NOON}
    return asked | more


def _message(key: str, **audience: Any) -> Values:
    return {"kind": "introduction", "params": {}, "dedupe_key": key, "not_before": NOON} | audience


def _feedback(kind: str, **more: Any) -> Values:
    return {"match_id": MATCH.id, "author_id": MIA, "kind": kind, "said_at": NOON, "comment": "Well."} | more


OTHERS = [Row("users", "", _user(one, role), one) for one, role in ((ZOE, "student"), (LEE, "mentor"), (ADA, "admin"))]
OTHERS += [Row("mentorship_profiles", "", _profile(one, role)) for one, role in ((ZOE, "student"), (LEE, "mentor"))]

PROFILE = Row("mentorship_profiles", "Mia's profile as a student", _profile(MIA, "student"))
REQUEST = Row(
    "mentorship_requests",
    "Mia's request for a mentor",
    {"student_id": MIA, "wish": "A plan", "state": "matched", "next_step": "none"},
)
BATCH = Row(
    "match_batches",
    "what three mentors were chosen from for Mia",
    {
        "request_id": REQUEST.id,
        "student_id": MIA,
        "wave": 1,
        "deadline": SOON,
        "model": "x",
        "weights_version": 1,
        "index_version": "x",
        "inputs": {},
    },
)
OFFER = Row(
    "match_offers",
    "the offer to Kim that led to the match",
    {
        "batch_id": BATCH.id,
        "request_id": REQUEST.id,
        "student_id": MIA,
        "mentor_id": KIM,
        "rank": 1,
        "score": 80,
        "criteria": [],
        "deadline": SOON,
        "state": "accepted",
    },
)
MATCH = Row(
    "matches",
    "the mentorship of Mia and Kim",
    {
        "student_id": MIA,
        "mentor_id": KIM,
        "request_id": REQUEST.id,
        "origin": "batch",
        "state": "active",
        "criteria": [],
        "started_at": NOON,
    },
)
MEETING = Row(
    "meeting_logs",
    "a meeting of theirs, proposed by Kim",
    {"match_id": MATCH.id, "author_id": KIM, "state": "proposed", "minutes": 30, "kind": "Video"},
)
CLAIMED = Row("quick_questions", "Mia's question, claimed by Kim", _question("?", state="claimed", claimer_id=KIM))
OPEN = Row("quick_questions", "Mia's question, open to mentors", _question("?", state="open"))
RUN = Row("matching_runs", "a search that staff asked for", {"kind": "manual"})

ROWS: list[Row] = [
    Row("users", "Mia: name, e-mail, settings", _user(MIA, "student"), MIA),
    Row("users", "Kim: name, e-mail, settings", _user(KIM, "mentor"), KIM),
    PROFILE,
    Row("mentorship_profiles", "Kim's profile as a mentor", _profile(KIM, "mentor")),
    Row(
        "profile_vectors",
        "what Mia's profile means, in numbers",
        {
            "profile_id": PROFILE.id,
            "model": "x",
            "facet": "goals",
            "position": 0,
            "text": "Data",
            "vector": b"\0",
            "content_hash": "x",
        },
    ),
    Row("blocks", "Mia does not want to meet Lee", {"user_id": MIA, "other_id": LEE}),
    Row("cohorts", "an intake of students", {"name": "Spring"}),
    REQUEST,
    BATCH,
    OFFER,
    Row(
        "offer_questions",
        "Kim's question to Mia before deciding",
        {"offer_id": OFFER.id, "student_id": MIA, "mentor_id": KIM, "question": "?", "deadline_before": SOON},
    ),
    MATCH,
    MEETING,
    Row("action_items", "something Mia wants to do", {"match_id": MATCH.id, "owner_id": MIA, "text": "Read"}),
    Row(
        "match_asks",
        "Mia is asked how it goes",
        {"match_id": MATCH.id, "person_id": MIA, "kind": "check_in", "slot": "day 7", "due_at": NOON, "state": "asked"},
    ),
    Row(
        "match_health",
        "how the mentorship seems to go",
        {"match_id": MATCH.id, "state": "healthy", "since": NOON, "checked_at": NOON},
    ),
    Row(
        "health_days",
        "how many mentorships did well on a day",
        {"day": NOON.date(), "too_early": 1, "healthy": 1, "watch": 0, "at_risk": 0},
    ),
    Row(
        "staff_messages",
        "what Ada wrote to Mia about the match",
        {"match_id": MATCH.id, "author_id": ADA, "recipient_id": MIA, "body": "Hello"},
    ),
    Row("mentorship_feedback", "what Mia said, for herself", _feedback("survey", rating=4)),
    Row("mentorship_feedback", "what Mia said and shared", _feedback("survey", rating=5, shared=True)),
    Row("mentorship_feedback", "Mia's call for help", _feedback("help")),
    Row(
        "mentorship_suggestions",
        "Kim is suggested to Mia as a mentor",
        {"student_id": MIA, "mentor_id": KIM, "state": "suggested", "suggested_at": NOON},
    ),
    OPEN,
    CLAIMED,
    Row(
        "quick_questions",
        "Mia's question, answered, and both let others read it",
        _question(
            "?",
            state="answered",
            claimer_id=KIM,
            answered_at=NOON,
            summary="So",
            student_consents=True,
            mentor_consents=True,
        ),
    ),
    Row(
        "question_claims",
        "Kim's claim of it",
        {"question_id": CLAIMED.id, "mentor_id": KIM, "claimed_at": NOON, "remind_at": SOON},
    ),
    Row(
        "question_referrals",
        "Kim is asked about the open one",
        {"question_id": OPEN.id, "mentor_id": KIM, "rank": 1, "score": 0.5, "referred_at": NOON},
    ),
    Row("question_vectors", "what it means, in numbers", {"question_id": OPEN.id, "model": "x", "vector": b"\0"}),
    Row("notifications", "a message to Mia", _message("a", recipient_id=MIA)),
    Row("notifications", "a message to both", _message("b", match_id=MATCH.id)),
    Row(
        "used_links",
        "a link in a mail that Mia has used",
        {"person_id": MIA, "fingerprint": b"\0", "deed": "x", "expires_at": SOON},
    ),
    Row(
        "sign_in_links", "Ada's link to the pages for staff", {"person_id": ADA, "key_hash": b"\0", "expires_at": SOON}
    ),
    Row(
        "staff_sessions",
        "Ada's visit to them",
        {"person_id": ADA, "key_hash": b"\0", "started_at": NOON, "seen_at": NOON},
    ),
    Row("api_tokens", "Ada's key for another system", {"owner_id": ADA, "name": "x", "token_hash": b"\0"}),
    Row("settings", "a version of a setting", {"name": "x", "version": 1, "value": {}}),
    RUN,
    Row(
        "proposed_pairs",
        "Mia and Kim as found by it",
        {"run_id": RUN.id, "student_id": MIA, "mentor_id": KIM, "score": 80, "criteria": []},
    ),
    Row("delivery_gates", "Slack asks to wait with a conversation", {"key": "x"}),
    Row("delivery_troubles", "Slack refuses our messages", {"name": "installation", "code": "x", "seen_at": NOON}),
    Row("audit_log", "what Ada did", {"actor_id": ADA, "actor_role": "admin", "action": "x", "subject_kind": "x"}),
]


def fill(connection: Connection) -> None:
    """Make the world, as the owner: parents before children."""
    order = {table.name: place for place, table in enumerate(Base.metadata.sorted_tables)}
    for row in sorted([*OTHERS, *ROWS], key=lambda row: order[row.table]):
        row.add(connection)
