"""The life of a match: meetings and feedback; and quick questions beside it."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.models.base import Base, TextEnum, one_of


class MeetingState(StrEnum):
    """How sure a meeting is."""

    PROPOSED = "proposed"
    PLANNED = "planned"
    HELD = "held"
    MISSED = "missed"
    CANCELLED = "cancelled"


class FeedbackKind(StrEnum):
    """What was asked."""

    CHECK_IN = "check_in"
    SURVEY = "survey"
    CLOSING = "closing"
    HELP = "help"


class QuestionState(StrEnum):
    """Where a quick question stands."""

    OPEN = "open"
    CLAIMED = "claimed"
    ANSWERED = "answered"
    CLOSED = "closed"


class Meeting(Base):
    """A meeting of a pair, from proposal to log; each side's version is kept in `accounts`."""

    __tablename__ = "meeting_logs"
    __table_args__ = (
        one_of("state", MeetingState),
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes_sane"),
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
    notes: Mapped[str] = mapped_column(server_default="", default="")
    action_items: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]", default=list)
    proposals: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]", default=list)
    accounts: Mapped[dict[str, Any]] = mapped_column(server_default="{}", default=dict)
    confirmed_by: Mapped[list[str]] = mapped_column(server_default="{}", default=list)


class Feedback(Base):
    """What one side of a match says about it. Private unless shared."""

    __tablename__ = "mentorship_feedback"
    __table_args__ = (
        one_of("kind", FeedbackKind),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating_in_stars"),
        Index("ix_mentorship_feedback_match_id", "match_id"),
        Index("ix_mentorship_feedback_author_id", "author_id"),
    )

    match_id: Mapped[UUID] = mapped_column(ForeignKey("matches.id", ondelete="CASCADE"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    kind: Mapped[FeedbackKind] = mapped_column(TextEnum(FeedbackKind))
    rating: Mapped[int | None]
    answer: Mapped[str] = mapped_column(server_default="", default="")
    comment: Mapped[str] = mapped_column(server_default="", default="")
    shared: Mapped[bool] = mapped_column(server_default="false", default=False)


class Question(Base):
    """A quick question, from the channel to its answer."""

    __tablename__ = "quick_questions"
    __table_args__ = (
        one_of("state", QuestionState),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating_in_stars"),
        CheckConstraint("student_id <> claimer_id", name="two_people"),
        Index("ix_quick_questions_state_created_at", "state", "created_at"),
        Index("ix_quick_questions_student_id", "student_id"),
        Index("ix_quick_questions_claimer_id", "claimer_id"),
    )

    student_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    claimer_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    question: Mapped[str]
    details: Mapped[str] = mapped_column(server_default="", default="")
    topics: Mapped[list[str]] = mapped_column(server_default="{}", default=list)
    state: Mapped[QuestionState] = mapped_column(TextEnum(QuestionState))
    summary: Mapped[str] = mapped_column(server_default="", default="")
    student_consents: Mapped[bool | None]
    mentor_consents: Mapped[bool | None]
    slack_channel: Mapped[str | None]
    claimed_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    rating: Mapped[int | None]
    thanks: Mapped[str] = mapped_column(server_default="", default="")
