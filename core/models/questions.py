"""Quick questions: asked in the channel, referred to mentors, claimed, answered; and what they lead to."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, UniqueConstraint, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from core.models.base import Base, TextEnum, one_of
from core.rules.questions import ClaimEnding, QuestionState
from core.rules.suggestions import SuggestionState


class Question(Base):
    """A quick question, from the draft to its answer.

    A draft was `checked_at` for answered questions it resembles (`similar_ids`; once one of them helped, that one).
    The question was `posted_at` once, and `opened_at` each time it became open to be claimed. Once it is answered, both
    are asked whether others may read the summary: None until they say.
    """

    __tablename__ = "quick_questions"
    __table_args__ = (
        one_of("state", QuestionState),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating_in_stars"),
        CheckConstraint("student_id <> claimer_id", name="two_people"),
        CheckConstraint("state NOT IN ('draft', 'open') OR claimer_id IS NULL", name="unclaimed_has_none"),
        CheckConstraint(
            "state IN ('draft', 'closed') OR posted_at IS NOT NULL AND opened_at IS NOT NULL", name="posted_has_date"
        ),
        CheckConstraint("(state = 'answered') = (answered_at IS NOT NULL)", name="answered_has_date"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_has_date"),
        CheckConstraint("rating IS NULL OR state = 'answered'", name="only_answers_are_rated"),
        CheckConstraint("(rating IS NULL) = (rated_at IS NULL)", name="rated_has_date"),
        Index("ix_quick_questions_state_created_at", "state", "created_at"),
        Index("ix_quick_questions_student_id", "student_id"),
        Index("ix_quick_questions_created_at", "created_at"),
        Index("ix_quick_questions_claimer_id", "claimer_id"),
        Index("ix_quick_questions_open", "opened_at", postgresql_where=text("state = 'open'")),
        Index("ix_quick_questions_drafts", "created_at", postgresql_where=text("state = 'draft'")),
        Index("ix_quick_questions_answered", "answered_at", postgresql_where=text("state = 'answered'")),
    )

    student_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    claimer_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    question: Mapped[str]
    details: Mapped[str] = mapped_column(server_default="", default="")
    topics: Mapped[list[str]] = mapped_column(server_default="{}", default=list)
    state: Mapped[QuestionState] = mapped_column(TextEnum(QuestionState))
    similar_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default="{}", default=list)
    checked_at: Mapped[datetime | None]
    posted_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    referred_at: Mapped[datetime | None]  # when mentors who fit were asked directly; once
    staff_told_at: Mapped[datetime | None]  # since it was last opened
    answered_at: Mapped[datetime | None]
    summary: Mapped[str] = mapped_column(server_default="", default="")
    student_consents: Mapped[bool | None]
    mentor_consents: Mapped[bool | None]
    rating: Mapped[int | None]
    rated_at: Mapped[datetime | None]
    thanks: Mapped[str] = mapped_column(server_default="", default="")
    closed_at: Mapped[datetime | None]


class QuestionClaim(Base):
    """One mentor's turn at a question, and how it ended. Of a question one claim runs at a time.

    The mentor is reminded at `remind_at`, and was at `reminded_at`; `slack_channel` is where the two talk.
    """

    __tablename__ = "question_claims"
    __table_args__ = (
        one_of("ending", ClaimEnding),
        CheckConstraint("(ended_at IS NULL) = (ending IS NULL)", name="ended_has_ending"),
        Index("uq_question_claims_running", "question_id", unique=True, postgresql_where=text("ended_at IS NULL")),
        Index("ix_question_claims_question_id", "question_id"),
        Index("ix_question_claims_mentor_id", "mentor_id", "claimed_at"),
        Index("ix_question_claims_due", "remind_at", postgresql_where=text("ended_at IS NULL")),
    )

    question_id: Mapped[UUID] = mapped_column(ForeignKey("quick_questions.id", ondelete="CASCADE"))
    mentor_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    claimed_at: Mapped[datetime]
    remind_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    slack_channel: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    ending: Mapped[ClaimEnding | None] = mapped_column(TextEnum(ClaimEnding))


class QuestionReferral(Base):
    """A mentor who was asked directly whether they would take a question that nobody had claimed, and why they."""

    __tablename__ = "question_referrals"
    __table_args__ = (
        CheckConstraint("rank BETWEEN 1 AND 3", name="rank_bounded"),
        UniqueConstraint("question_id", "mentor_id"),
        UniqueConstraint("question_id", "rank"),
        Index("ix_question_referrals_mentor_id", "mentor_id", "referred_at"),
    )

    question_id: Mapped[UUID] = mapped_column(ForeignKey("quick_questions.id", ondelete="CASCADE"))
    mentor_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    rank: Mapped[int]
    score: Mapped[float]
    shared: Mapped[list[str]] = mapped_column(server_default="{}", default=list)  # topics of both
    referred_at: Mapped[datetime]


class QuestionVector(Base):
    """A question as a model reads it, as little-endian float16. What was asked never changes."""

    __tablename__ = "question_vectors"
    __table_args__ = (
        UniqueConstraint("question_id", "model"),
        Index("ix_question_vectors_model", "model", "created_at"),
    )

    question_id: Mapped[UUID] = mapped_column(ForeignKey("quick_questions.id", ondelete="CASCADE"))
    model: Mapped[str]
    vector: Mapped[bytes]


class MentorshipSuggestion(Base):
    """A student was told that somebody who answered them well may become their mentor: once for ever per pair."""

    __tablename__ = "mentorship_suggestions"
    __table_args__ = (
        one_of("state", SuggestionState),
        CheckConstraint("student_id <> mentor_id", name="two_people"),
        CheckConstraint("(state = 'suggested') = (answered_at IS NULL)", name="answered_has_date"),
        UniqueConstraint("student_id", "mentor_id"),
        Index("ix_mentorship_suggestions_mentor_id", "mentor_id"),
        Index("ix_mentorship_suggestions_question_id", "question_id"),
        Index("ix_mentorship_suggestions_request_id", "request_id"),
    )

    student_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    mentor_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    question_id: Mapped[UUID | None] = mapped_column(ForeignKey("quick_questions.id", ondelete="SET NULL"))
    request_id: Mapped[UUID | None] = mapped_column(ForeignKey("mentorship_requests.id", ondelete="SET NULL"))
    state: Mapped[SuggestionState] = mapped_column(TextEnum(SuggestionState))
    suggested_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
