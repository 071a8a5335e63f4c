"""Quick questions, beside the matches."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.models.base import Base, TextEnum, one_of


class QuestionState(StrEnum):
    """Where a quick question stands."""

    OPEN = "open"
    CLAIMED = "claimed"
    ANSWERED = "answered"
    CLOSED = "closed"


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
