"""Meetings of a pair, and what they took upon themselves there."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.models.base import Base, TextEnum, one_of
from core.rules.meetings import MeetingState


class Meeting(Base):
    """A meeting of a pair, from proposal to log.

    `accounts` keeps each side's version by person id, `confirmed_by` who holds the meeting as it stands for true.
    `sequence` counts changes of a planned meeting, as calendars want it (RFC 5545, 3.8.7.4).
    """

    __tablename__ = "meeting_logs"
    __table_args__ = (
        one_of("state", MeetingState),
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes_sane"),
        CheckConstraint("sequence >= 0", name="sequence_positive"),
        CheckConstraint("state NOT IN ('planned', 'held', 'missed') OR starts_at IS NOT NULL", name="has_time"),
        Index("ix_meeting_logs_match_id_starts_at", "match_id", "starts_at"),
        Index("ix_meeting_logs_due", "starts_at", postgresql_where=text("state = 'planned'")),
        Index("ix_meeting_logs_author_id", "author_id"),
    )

    match_id: Mapped[UUID] = mapped_column(ForeignKey("matches.id", ondelete="CASCADE"))
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    state: Mapped[MeetingState] = mapped_column(TextEnum(MeetingState))
    starts_at: Mapped[datetime | None]
    minutes: Mapped[int]
    kind: Mapped[str]
    agenda: Mapped[str] = mapped_column(server_default="", default="")
    notes: Mapped[str] = mapped_column(server_default="", default="")
    proposals: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]", default=list)
    accounts: Mapped[dict[str, Any]] = mapped_column(server_default="{}", default=dict)
    confirmed_by: Mapped[list[str]] = mapped_column(server_default="{}", default=list)
    sequence: Mapped[int] = mapped_column(server_default="0", default=0)
    day_reminder_at: Mapped[datetime | None]
    hour_reminder_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]  # when the pair was asked whether they met
    closed_at: Mapped[datetime | None]  # when it came to be held, missed or cancelled


class ActionItem(Base):
    """Something one of a pair wants to do. Without an owner it is for both."""

    __tablename__ = "action_items"
    __table_args__ = (
        CheckConstraint("text <> ''", name="says_something"),
        Index("ix_action_items_match_id", "match_id"),
        Index("ix_action_items_meeting_id", "meeting_id"),
        Index("ix_action_items_owner_id", "owner_id"),
        Index("ix_action_items_due", "due_on", postgresql_where=text("done_at IS NULL AND reminded_at IS NULL")),
    )

    match_id: Mapped[UUID] = mapped_column(ForeignKey("matches.id", ondelete="CASCADE"))
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("meeting_logs.id", ondelete="SET NULL"))
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    text: Mapped[str]
    due_on: Mapped[date | None]
    reminded_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
