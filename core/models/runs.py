"""What staff asked the matching workers for, the pairs that were found, and what staff wrote to pairs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.models.base import Base, TextEnum, one_of
from core.rules.runs import RunKind, RunState


class MatchingRun(Base):
    """One thing asked of the matching workers by staff.

    `params` is what was asked, `outcome` what was found besides pairs; the shape of both belongs to the kind.
    `student_id`, `match_id` and `cohort_id` say what it is about, where it is about one of these.
    """

    __tablename__ = "matching_runs"
    __table_args__ = (
        one_of("kind", RunKind),
        one_of("state", RunState),
        CheckConstraint("state NOT IN ('ready', 'used') OR ready_at IS NOT NULL", name="found_has_date"),
        CheckConstraint("(state = 'used') = (used_at IS NOT NULL)", name="used_has_date"),
        Index("ix_matching_runs_asked", "created_at", postgresql_where=text("state = 'asked'")),
        Index("ix_matching_runs_kind_created_at", "kind", "created_at"),
        Index("ix_matching_runs_asked_by_id", "asked_by_id"),
        Index("ix_matching_runs_student_id", "student_id"),
        Index("ix_matching_runs_match_id", "match_id"),
        Index("ix_matching_runs_cohort_id", "cohort_id"),
    )

    kind: Mapped[RunKind] = mapped_column(TextEnum(RunKind))
    state: Mapped[RunState] = mapped_column(TextEnum(RunState), default=RunState.ASKED)
    asked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    student_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    match_id: Mapped[UUID | None] = mapped_column(ForeignKey("matches.id", ondelete="CASCADE"))
    cohort_id: Mapped[UUID | None] = mapped_column(ForeignKey("cohorts.id", ondelete="SET NULL"))
    params: Mapped[dict[str, Any]] = mapped_column(server_default="{}", default=dict)
    outcome: Mapped[dict[str, Any]] = mapped_column(server_default="{}", default=dict)
    failure: Mapped[str] = mapped_column(server_default="", default="")
    ready_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]


class ProposedPair(Base):
    """A student and a mentor that a run looked at, with their score and every rule that speaks against them.

    `chosen`: the two are to be brought together when the run is used. `match_id` or `offer_id`: what came of it.
    """

    __tablename__ = "proposed_pairs"
    __table_args__ = (
        CheckConstraint("student_id <> mentor_id", name="two_people"),
        CheckConstraint("score BETWEEN 0 AND 100", name="score_in_points"),
        UniqueConstraint("run_id", "student_id", "mentor_id"),
        Index(
            "uq_proposed_pairs_chosen", "run_id", "student_id", unique=True, postgresql_where=text("chosen")
        ),  # one mentor for each student
        Index("ix_proposed_pairs_student_id", "student_id"),
        Index("ix_proposed_pairs_mentor_id", "mentor_id"),
        Index("ix_proposed_pairs_request_id", "request_id"),
        Index("ix_proposed_pairs_match_id", "match_id"),
        Index("ix_proposed_pairs_offer_id", "offer_id"),
    )

    run_id: Mapped[UUID] = mapped_column(ForeignKey("matching_runs.id", ondelete="CASCADE"))
    student_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    mentor_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    request_id: Mapped[UUID | None] = mapped_column(ForeignKey("mentorship_requests.id", ondelete="SET NULL"))
    score: Mapped[float]
    criteria: Mapped[list[dict[str, Any]]]
    refusals: Mapped[list[str]] = mapped_column(server_default="{}", default=list)
    chosen: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    match_id: Mapped[UUID | None] = mapped_column(ForeignKey("matches.id", ondelete="SET NULL"))
    offer_id: Mapped[UUID | None] = mapped_column(ForeignKey("match_offers.id", ondelete="SET NULL"))


class StaffMessage(Base):
    """What staff wrote to both sides of a match, or with `recipient_id` to one of them."""

    __tablename__ = "staff_messages"
    __table_args__ = (
        Index("ix_staff_messages_match_id", "match_id"),
        Index("ix_staff_messages_author_id", "author_id"),
        Index("ix_staff_messages_recipient_id", "recipient_id"),
    )

    match_id: Mapped[UUID] = mapped_column(ForeignKey("matches.id", ondelete="CASCADE"))
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    recipient_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    body: Mapped[str]
