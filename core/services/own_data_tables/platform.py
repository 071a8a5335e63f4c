"""Messages to somebody, their keys, and the audit log on them."""

from sqlalchemy import or_

from core.models import ApiToken, AuditEntry, Notification
from core.services.own_data_tables.parts import KEY, LINKED, OTHERS, OURS, Part, theirs

MESSAGES = Part(
    "Messages to you",
    Notification,
    theirs(Notification, "recipient_id"),
    {
        "kind": "What",
        "state": "State",
        "channel": "By",
        "sent_at": "Sent on",
        "created_at": "Made on",
    },
    {
        **dict.fromkeys(
            ("recipient_id", "match_id", "claim_id", "subject_id", "updates_id", "part_of_id", "digest_id"), LINKED
        ),
        **dict.fromkeys(
            (
                "channel_name",
                "params",
                "dedupe_key",
                "not_before",
                "slot_at",
                "noticed_at",
                "claimant",
                "leased_until",
                "uncertain",
                "tries",
                "slack_channel",
                "slack_ts",
                "message_id",
                "last_error",
                "trace",
            ),
            OURS,
        ),
    },
)

API_TOKENS = Part(
    "Keys to the API",
    ApiToken,
    theirs(ApiToken, "owner_id"),
    {
        "name": "Name",
        "scopes": "Scopes",
        "created_at": "Made on",
        "expires_at": "Valid until",
        "revoked_at": "Taken back on",
        "last_used_at": "Last used",
    },
    {"owner_id": LINKED, "token_hash": KEY},
    hidden=True,
)

AUDIT_LOG = Part(
    "The audit log on you, and on what you did as staff",
    AuditEntry,
    lambda person_id: or_(AuditEntry.actor_id == person_id, AuditEntry.subject_id == person_id),
    {"action": "What", "subject_kind": "About", "actor_role": "By", "created_at": "On"},
    {
        "actor_id": OTHERS,
        "subject_id": LINKED,
        "before": "may tell of others",
        "after": "may tell of others",
        "reason": "staff's own words, which may tell of others",
    },
    hidden=True,
)
