"""Links in e-mails that somebody used."""

from core.models import UsedLink
from core.services.own_data_tables.parts import KEY, LINKED, Part, theirs

USED_LINKS = Part(
    "Links in mails that you used",
    UsedLink,
    theirs(UsedLink, "person_id"),
    {"deed": "What for", "created_at": "On", "expires_at": "Valid until"},
    {"person_id": LINKED, "fingerprint": KEY},
    hidden=True,
)
