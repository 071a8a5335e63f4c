"""How a match does: what its people are asked, what they say, and what staff read of it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.models.base import Base, TextEnum, one_of
from core.rules.checkins import AskKind, AskState, FeedbackKind
from core.rules.health import HealthState


class Ask(Base):
    """A check-in or survey that fell due for one side of a match: asked, or left out for a reason.

    `slot` names its turn, such as `day 14`, and each comes once. Those of one `sheet_id` went out as one message.
    """

    __tablename__ = "match_asks"
    __table_args__ = (
        one_of("kind", AskKind),
        one_of("state", AskState),
        CheckConstraint("(state = 'skipped') = (reason <> '')", name="skipped_has_reason"),
        UniqueConstraint("match_id", "person_id", "kind", "slot"),
        Index("ix_match_asks_person_id", "person_id"),
        Index("ix_match_asks_sheet_id", "sheet_id"),
        Index("ix_match_asks_open", "asked_at", postgresql_where=text("state = 'asked'")),
    )

    match_id: Mapped[UUID] = mapped_column(ForeignKey("matches.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    kind: Mapped[AskKind] = mapped_column(TextEnum(AskKind))
    slot: Mapped[str]
    due_at: Mapped[datetime]
    state: Mapped[AskState] = mapped_column(TextEnum(AskState))
    reason: Mapped[str] = mapped_column(server_default="", default="")
    sheet_id: Mapped[UUID | None]
    asked_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]


class Feedback(Base):
    """What one side of a match says about it. Private unless shared; of help and endings only staff read."""

    __tablename__ = "mentorship_feedback"
    __table_args__ = (
        one_of("kind", FeedbackKind),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating_in_stars"),
        CheckConstraint("NOT shared OR kind NOT IN ('help', 'ending')", name="for_staff_alone"),
        UniqueConstraint("ask_id"),
        Index("ix_mentorship_feedback_match_id", "match_id"),
        Index("ix_mentorship_feedback_author_id", "author_id"),
        Index("ix_mentorship_feedback_said_at", "said_at"),
    )

    match_id: Mapped[UUID] = mapped_column(ForeignKey("matches.id", ondelete="CASCADE"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    ask_id: Mapped[UUID | None] = mapped_column(ForeignKey("match_asks.id", ondelete="SET NULL"))
    kind: Mapped[FeedbackKind] = mapped_column(TextEnum(FeedbackKind))
    rating: Mapped[int | None]
    answer: Mapped[str] = mapped_column(server_default="", default="")
    comment: Mapped[str] = mapped_column(server_default="", default="")
    shared: Mapped[bool] = mapped_column(server_default="false", default=False)
    said_at: Mapped[datetime]


class MatchHealth(Base):
    """How a match does, for staff alone: causes may tell what one side said in confidence.

    `rested_at` is when the pair was last seen in a pause: silence before it is not held against them.
    """

    __tablename__ = "match_health"
    __table_args__ = (
        one_of("state", HealthState),
        UniqueConstraint("match_id"),
        Index("ix_match_health_state", "state", "since"),
        Index("ix_match_health_checked_at", "checked_at"),
    )

    match_id: Mapped[UUID] = mapped_column(ForeignKey("matches.id", ondelete="CASCADE"))
    state: Mapped[HealthState] = mapped_column(TextEnum(HealthState))
    causes: Mapped[list[str]] = mapped_column(server_default="{}", default=list)
    step: Mapped[str] = mapped_column(server_default="", default="")
    since: Mapped[datetime]
    checked_at: Mapped[datetime]
    rested_at: Mapped[datetime | None]


class HealthDay(Base):
    """How many running matches did how well on a day (UTC): of the past no more is kept."""

    __tablename__ = "health_days"
    __table_args__ = (UniqueConstraint("day"),)

    day: Mapped[date]
    too_early: Mapped[int]
    healthy: Mapped[int]
    watch: Mapped[int]
    at_risk: Mapped[int]
