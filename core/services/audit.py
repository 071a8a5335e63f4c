"""The audit log: each change by staff leaves a line, in the same transaction. Nobody can change or remove one."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from uuid import UUID

from core.models import AuditEntry, new_id
from core.uow import Work


class Deed(StrEnum):
    """What staff did. Part of lines already written: never rename."""

    SIGN_IN_LINK_MADE = "sign_in_link_made"
    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGNED_OUT = "signed_out"
    EXPORTED = "exported"
    HEALTH_STEP = "health_step"
    SENT_AGAIN = "sent_again"
    MATCH_ENDED = "match_ended"
    MATCH_MADE = "match_made"
    MATCH_REASSIGNED = "match_reassigned"
    MATCH_TAKEN_BACK = "match_taken_back"
    WROTE_TO_PAIR = "wrote_to_pair"
    KEY_MADE = "key_made"
    KEY_REVOKED = "key_revoked"
    KEY_USED = "key_used"
    KEY_REFUSED = "key_refused"
    SETTING_CHANGED = "setting_changed"
    PEOPLE_IMPORTED = "people_imported"
    COHORT_MADE = "cohort_made"
    COHORT_CHANGED = "cohort_changed"
    COHORT_REMOVED = "cohort_removed"
    COHORT_FILLED = "cohort_filled"
    COHORT_EMPTIED = "cohort_emptied"
    COHORT_RUN_ASKED = "cohort_run_asked"
    COHORT_RUN_EDITED = "cohort_run_edited"
    COHORT_RUN_PUT_ASIDE = "cohort_run_put_aside"
    COHORT_PUBLISHED = "cohort_published"
    COHORT_PAIR_MATCHED = "cohort_pair_matched"
    ERASED = "erased"
    DATA_SENT = "data_sent"


class Subject(StrEnum):
    """What kind of thing was acted on."""

    PERSON = "person"
    MATCH = "match"
    MESSAGE = "message"
    SIGN_IN = "sign_in"
    LIST = "list"
    KEY = "key"
    SETTING = "setting"
    COHORT = "cohort"
    COHORT_RUN = "cohort_run"


def record(
    work: Work,
    deed: Deed,
    subject: Subject,
    subject_id: UUID | None,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Note that the actor did this. `before` and `after` hold what changed, as JSON, and no more than that.

    No keys, and nothing that a person said in confidence: the log is kept when the person is erased.
    """
    work.session.add(
        AuditEntry(
            id=new_id(),
            created_at=work.now,
            actor_id=work.actor.user_id,
            actor_role=work.actor.role,
            action=deed.value,
            subject_kind=subject.value,
            subject_id=subject_id,
            before=dict(before or {}),
            after=dict(after or {}),
            reason=reason,
        )
    )
