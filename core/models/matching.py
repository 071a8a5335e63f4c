"""From a student's wish to a match: request, waves of offers, questions about them, match."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from core.models.base import Base, TextEnum, one_of
from core.rules.matches import MatchState, Origin
from core.rules.offers import BatchState, DeclineReason, OfferState
from core.rules.requests import NextStep, RequestState


class Cohort(Base):
    """An intake of students that is matched and looked at together."""

    __tablename__ = "cohorts"
    __table_args__ = (UniqueConstraint("name"),)

    name: Mapped[str]
    starts_on: Mapped[datetime | None]
    ends_on: Mapped[datetime | None]


class Request(Base):
    """A student's wish for a mentor. At most one is open per student."""

    __tablename__ = "mentorship_requests"
    __table_args__ = (
        one_of("state", RequestState),
        one_of("next_step", NextStep),
        CheckConstraint("waves_used >= 0", name="waves_used_bounded"),
        CheckConstraint("(state IN ('matched', 'cancelled')) = (next_step_at IS NULL)", name="open_has_next_step"),
        Index(
            "uq_mentorship_requests_open",
            "student_id",
            unique=True,
            postgresql_where=text("state IN ('searching', 'offered', 'waiting', 'staff')"),
        ),
        Index("ix_mentorship_requests_student_id", "student_id"),
        Index("ix_mentorship_requests_created_at", "created_at"),
        Index("ix_mentorship_requests_cohort_id", "cohort_id"),
        Index("ix_mentorship_requests_wanted_mentor_id", "wanted_mentor_id"),
        Index(
            "ix_mentorship_requests_due",
            "next_step_at",
            postgresql_where=text("state IN ('searching', 'offered', 'waiting', 'staff')"),
        ),
    )

    student_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    cohort_id: Mapped[UUID | None] = mapped_column(ForeignKey("cohorts.id", ondelete="SET NULL"))
    wish: Mapped[str]
    anything_else: Mapped[str] = mapped_column(server_default="", default="")
    must_share: Mapped[list[str]] = mapped_column(server_default="{}", default=list)
    state: Mapped[RequestState] = mapped_column(TextEnum(RequestState))
    waves_used: Mapped[int] = mapped_column(server_default="0", default=0)
    next_step: Mapped[NextStep] = mapped_column(TextEnum(NextStep))
    next_step_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    wanted_mentor_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class Batch(Base):
    """One wave of offers for a request, with all that is needed to compute it again."""

    __tablename__ = "match_batches"
    __table_args__ = (
        one_of("state", BatchState),
        Index(  # a wave that was withdrawn does not count
            "uq_match_batches_wave",
            "request_id",
            "wave",
            unique=True,
            postgresql_where=text("state <> 'withdrawn'"),
        ),
        Index("uq_match_batches_open", "request_id", unique=True, postgresql_where=text("state = 'open'")),
        Index("ix_match_batches_student_id", "student_id"),
        Index("ix_match_batches_selected_mentor_id", "selected_mentor_id"),
        Index("ix_match_batches_due", "deadline", postgresql_where=text("state = 'open'")),
    )

    request_id: Mapped[UUID] = mapped_column(ForeignKey("mentorship_requests.id", ondelete="CASCADE"))
    student_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    wave: Mapped[int]
    state: Mapped[BatchState] = mapped_column(TextEnum(BatchState), default=BatchState.OPEN)
    deadline: Mapped[datetime]
    selected_mentor_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    model: Mapped[str]
    weights_version: Mapped[int]
    index_version: Mapped[str]
    inputs: Mapped[dict[str, Any]]
    ended_at: Mapped[datetime | None]


class Offer(Base):
    """One mentor asked about one student."""

    __tablename__ = "match_offers"
    __table_args__ = (
        one_of("state", OfferState),
        one_of("decline_reason", DeclineReason),
        CheckConstraint("student_id <> mentor_id", name="two_people"),
        CheckConstraint("score BETWEEN 0 AND 100", name="score_in_points"),
        CheckConstraint("(state = 'declined') = (decline_reason IS NOT NULL)", name="declined_has_reason"),
        UniqueConstraint("batch_id", "mentor_id"),
        UniqueConstraint("batch_id", "rank"),
        Index(
            "uq_match_offers_request_mentor",
            "request_id",
            "mentor_id",
            unique=True,
            postgresql_where=text("state <> 'withdrawn'"),
        ),
        Index(
            "uq_match_offers_accepted",
            "request_id",
            unique=True,
            postgresql_where=text("state = 'accepted'"),
        ),
        Index("ix_match_offers_mentor_id_state", "mentor_id", "state"),
        Index("ix_match_offers_created_at", "created_at"),
        Index("ix_match_offers_student_id_mentor_id", "student_id", "mentor_id"),
        Index("ix_match_offers_open", "mentor_id", postgresql_where=text("state = 'open'")),
        Index("ix_match_offers_due", "deadline", postgresql_where=text("state = 'open'")),
    )

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("match_batches.id", ondelete="CASCADE"))
    request_id: Mapped[UUID] = mapped_column(ForeignKey("mentorship_requests.id", ondelete="CASCADE"))
    student_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    mentor_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    rank: Mapped[int]
    score: Mapped[float]
    criteria: Mapped[list[dict[str, Any]]]
    state: Mapped[OfferState] = mapped_column(TextEnum(OfferState), default=OfferState.OPEN)
    decline_reason: Mapped[DeclineReason | None] = mapped_column(TextEnum(DeclineReason))
    decline_note: Mapped[str] = mapped_column(server_default="", default="")
    deadline: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]


class OfferQuestion(Base):
    """What a mentor asked a student before deciding about an offer. One at a time waits for its answer."""

    __tablename__ = "offer_questions"
    __table_args__ = (
        CheckConstraint("student_id <> mentor_id", name="two_people"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_has_answer"),
        Index("ix_offer_questions_offer_id", "offer_id"),
        Index("ix_offer_questions_student_id", "student_id"),
        Index("ix_offer_questions_mentor_id", "mentor_id"),
        Index("uq_offer_questions_waiting", "offer_id", unique=True, postgresql_where=text("answer IS NULL")),
    )

    offer_id: Mapped[UUID] = mapped_column(ForeignKey("match_offers.id", ondelete="CASCADE"))
    student_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    mentor_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    question: Mapped[str]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    deadline_before: Mapped[datetime]


class Match(Base):
    """A student and a mentor who work together.

    `agreed_by` are those who agree to the goals and the cadence as they stand; both did at `agreed_at`.
    """

    __tablename__ = "matches"
    __table_args__ = (
        one_of("state", MatchState),
        one_of("origin", Origin),
        CheckConstraint("student_id <> mentor_id", name="two_people"),
        CheckConstraint("cadence_days BETWEEN 1 AND 365", name="cadence_sane"),
        CheckConstraint("(state = 'paused') = (paused_until IS NOT NULL)", name="paused_has_end"),
        CheckConstraint("(state IN ('completed', 'ended')) = (ended_at IS NOT NULL)", name="over_has_date"),
        UniqueConstraint("offer_id"),
        Index(
            "uq_matches_live_pair",
            "student_id",
            "mentor_id",
            unique=True,
            postgresql_where=text("state IN ('pending', 'active', 'paused')"),
        ),
        Index("ix_matches_student_id", "student_id"),
        Index("ix_matches_started_at", "started_at"),
        Index("ix_matches_mentor_id_state", "mentor_id", "state"),
        Index("ix_matches_request_id", "request_id"),
        Index("ix_matches_cohort_id", "cohort_id"),
        Index("ix_matches_live", "started_at", postgresql_where=text("state IN ('pending', 'active', 'paused')")),
    )

    student_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    mentor_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    request_id: Mapped[UUID | None] = mapped_column(ForeignKey("mentorship_requests.id", ondelete="SET NULL"))
    offer_id: Mapped[UUID | None] = mapped_column(ForeignKey("match_offers.id", ondelete="SET NULL"))
    cohort_id: Mapped[UUID | None] = mapped_column(ForeignKey("cohorts.id", ondelete="SET NULL"))
    origin: Mapped[Origin] = mapped_column(TextEnum(Origin))
    state: Mapped[MatchState] = mapped_column(TextEnum(MatchState))
    score: Mapped[float | None]
    criteria: Mapped[list[dict[str, Any]]]
    started_at: Mapped[datetime] = mapped_column(server_default=func.now())
    goals: Mapped[str] = mapped_column(server_default="", default="")
    cadence_days: Mapped[int | None]
    agreed_by: Mapped[list[str]] = mapped_column(server_default="{}", default=list)
    agreed_at: Mapped[datetime | None]
    paused_until: Mapped[datetime | None]
    slack_channel: Mapped[str | None]
    ended_at: Mapped[datetime | None]
