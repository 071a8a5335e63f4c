"""What the service keeps for itself: outbox, settings, tokens, audit log."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from core.models.base import Base, TextEnum, one_of


class NotificationState(StrEnum):
    """Where a message stands."""

    PENDING = "pending"
    SENDING = "sending"  # claimed by a delivery
    HELD = "held"  # waits for the digest that will carry it
    SPLIT = "split"  # went on as one message for each person
    SENT = "sent"
    FAILED = "failed"  # no use in trying again
    CANCELLED = "cancelled"  # no longer needed, or not wanted


class Channel(StrEnum):
    """How a message went out."""

    SLACK = "slack"
    EMAIL = "email"


class Notification(Base):
    """The outbox: a message to be delivered once, or a change to one that was.

    It goes to one person, to the pair of a match or of a claimed question, or to a named channel. `uncertain`: an
    earlier try may have gone out. `claimant` is the delivery that has it, alive as long as it holds the lock of that
    number. `slot_at` is its turn, if it had to wait for one; `noticed_at`: when the auditor first saw that it was due.
    `trace` follows it in the logs to what caused it (`core.trace`).
    """

    __tablename__ = "notifications"
    __table_args__ = (
        one_of("state", NotificationState),
        one_of("channel", Channel),
        CheckConstraint("num_nonnulls(recipient_id, match_id, claim_id, channel_name) = 1", name="one_audience"),
        CheckConstraint("(state = 'sending') = (leased_until IS NOT NULL)", name="lease_while_sending"),
        CheckConstraint("(state = 'sending') = (claimant IS NOT NULL)", name="claimant_while_sending"),
        CheckConstraint("state <> 'held' OR digest_id IS NOT NULL", name="held_for_a_digest"),
        UniqueConstraint("dedupe_key"),
        Index(
            "ix_notifications_due",
            "not_before",
            "id",
            postgresql_where=text("state IN ('pending', 'sending')"),
        ),
        Index("ix_notifications_recipient_id", "recipient_id"),
        Index("ix_notifications_created_at", "created_at"),
        Index("ix_notifications_match_id", "match_id"),
        Index("ix_notifications_claim_id", "claim_id", postgresql_where=text("claim_id IS NOT NULL")),
        Index("ix_notifications_updates_id", "updates_id"),
        Index("ix_notifications_cards", "subject_id", "kind", postgresql_where=text("updates_id IS NULL")),
        Index("ix_notifications_part_of_id", "part_of_id", postgresql_where=text("part_of_id IS NOT NULL")),
        Index("ix_notifications_digest_id", "digest_id", postgresql_where=text("digest_id IS NOT NULL")),
        Index(  # one card is delivered by one process at a time
            "uq_notifications_sending_card",
            func.coalesce(text("updates_id"), text("id")),
            unique=True,
            postgresql_where=text("state = 'sending'"),
        ),
    )

    recipient_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    match_id: Mapped[UUID | None] = mapped_column(ForeignKey("matches.id", ondelete="CASCADE"))
    claim_id: Mapped[UUID | None] = mapped_column(ForeignKey("question_claims.id", ondelete="CASCADE"))
    channel_name: Mapped[str | None]
    kind: Mapped[str]
    subject_id: Mapped[UUID | None]
    params: Mapped[dict[str, Any]]
    dedupe_key: Mapped[str]
    updates_id: Mapped[UUID | None] = mapped_column(ForeignKey("notifications.id", ondelete="CASCADE"))
    part_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("notifications.id", ondelete="CASCADE"))
    digest_id: Mapped[UUID | None] = mapped_column(ForeignKey("notifications.id", ondelete="CASCADE"))
    state: Mapped[NotificationState] = mapped_column(TextEnum(NotificationState), default=NotificationState.PENDING)
    not_before: Mapped[datetime]
    slot_at: Mapped[datetime | None]
    noticed_at: Mapped[datetime | None]
    claimant: Mapped[int | None]
    leased_until: Mapped[datetime | None]
    uncertain: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    tries: Mapped[int] = mapped_column(server_default="0", default=0)
    channel: Mapped[Channel | None] = mapped_column(TextEnum(Channel))
    slack_channel: Mapped[str | None]
    slack_ts: Mapped[str | None]
    message_id: Mapped[str | None]
    last_error: Mapped[str | None]
    trace: Mapped[str | None]
    sent_at: Mapped[datetime | None]


class Setting(Base):
    """One version of one setting; the newest counts, older ones stay."""

    __tablename__ = "settings"
    __table_args__ = (
        UniqueConstraint("name", "version"),
        CheckConstraint("version > 0", name="version_positive"),
    )

    name: Mapped[str]
    version: Mapped[int]
    value: Mapped[dict[str, Any]]
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(server_default="", default="")


class ApiToken(Base):
    """A key of another system to the API; only its hash is kept."""

    __tablename__ = "api_tokens"
    __table_args__ = (UniqueConstraint("token_hash"), Index("ix_api_tokens_owner_id", "owner_id"))

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str]
    token_hash: Mapped[bytes]
    scopes: Mapped[list[str]] = mapped_column(server_default="{}", default=list)
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]


class AuditEntry(Base):
    """Who did what to what, with the state before and after. Nobody can change or remove it."""

    __tablename__ = "audit_log"
    __table_args__ = (
        Index("ix_audit_log_subject", "subject_kind", "subject_id", "created_at"),
        Index("ix_audit_log_actor_id", "actor_id"),
        Index("ix_audit_log_created_at", "created_at"),
    )

    actor_id: Mapped[UUID | None]
    actor_role: Mapped[str]
    action: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[UUID | None]
    before: Mapped[dict[str, Any]] = mapped_column(server_default="{}", default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(server_default="{}", default=dict)
    reason: Mapped[str] = mapped_column(server_default="", default="")
