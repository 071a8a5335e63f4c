"""How somebody on staff came to the web pages."""

from core.models import SignInLink, StaffSession
from core.services.own_data_tables.parts import KEY, LINKED, OURS, Part, theirs

SIGN_IN_LINKS = Part(
    "Sign-in links",
    SignInLink,
    theirs(SignInLink, "person_id"),
    {"created_at": "Made on", "expires_at": "Valid until", "used_at": "Used on"},
    {"person_id": LINKED, "key_hash": KEY},
    hidden=True,
)

STAFF_SESSIONS = Part(
    "Sessions at the pages for staff",
    StaffSession,
    theirs(StaffSession, "person_id"),
    {"started_at": "Since", "seen_at": "Last used", "ended_at": "Ended on", "ending": "How it ended"},
    {"created_at": OURS, "person_id": LINKED, "key_hash": KEY},
    hidden=True,
)
