"""People and what they tell of themselves."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from core.models.base import Base, TextEnum, one_of
from core.rules.roles import PersonState, Role


class User(Base):
    """A person. Without a Slack id they are reached by e-mail alone.

    Of who was imported, `slack_named` is the account that the file named, and `seek_account_at` is there until Slack
    was asked for their account. Who was erased at `erased_at` is a row without a name, so that figures stay; all that
    was to go with them is gone since `cleared_at`.
    """

    __tablename__ = "users"
    __table_args__ = (
        one_of("state", PersonState),
        CheckConstraint("roles <@ ARRAY['student', 'mentor', 'admin']", name="roles_known"),
        CheckConstraint("state = 'erased' OR slack_user_id IS NOT NULL OR email IS NOT NULL", name="reachable"),
        UniqueConstraint("slack_team_id", "slack_user_id"),
        Index("uq_users_email_lower", func.lower(text("email")), unique=True),
        Index("ix_users_seek_account_at", "seek_account_at", postgresql_where=text("seek_account_at IS NOT NULL")),
        Index("ix_users_admins", "id", postgresql_where=text("'admin' = ANY (roles)")),
        CheckConstraint("erased_at IS NULL OR state = 'erased'", name="erased_for_ever"),
        Index("ix_users_erasing", "id", postgresql_where=text("erased_at IS NOT NULL AND cleared_at IS NULL")),
    )

    slack_team_id: Mapped[str | None]
    slack_user_id: Mapped[str | None]
    slack_dm_channel: Mapped[str | None]
    slack_refused: Mapped[str | None]  # Slack's word why this person cannot be written to there
    slack_named: Mapped[str | None]
    seek_account_at: Mapped[datetime | None]
    email: Mapped[str | None]
    name: Mapped[str]
    tz: Mapped[str] = mapped_column(server_default="UTC")
    locale: Mapped[str] = mapped_column(server_default="en-US")
    state: Mapped[PersonState] = mapped_column(TextEnum(PersonState), default=PersonState.ACTIVE)
    roles: Mapped[list[str]] = mapped_column(server_default="{}", default=list)
    preferences: Mapped[dict[str, Any]] = mapped_column(server_default="{}", default=dict)
    erased_at: Mapped[datetime | None]
    cleared_at: Mapped[datetime | None]


class Profile(Base):
    """What one person tells in one role. Empty means unknown, never "none"."""

    __tablename__ = "mentorship_profiles"
    __table_args__ = (
        one_of("role", Role),
        CheckConstraint("role <> 'admin'", name="role_has_profile"),
        CheckConstraint("max_mentees BETWEEN 0 AND 20", name="max_mentees_sane"),
        CheckConstraint("current_mentees >= 0", name="current_mentees_positive"),
        CheckConstraint("ignored_offers >= 0", name="ignored_offers_positive"),
        UniqueConstraint("user_id", "role"),
        Index("ix_mentorship_profiles_mentors", "user_id", postgresql_where=text("role = 'mentor'")),
        Index("ix_mentorship_profiles_role_updated_at", "role", "updated_at"),
        Index(
            "ix_mentorship_profiles_paused_until",
            "paused_until",
            postgresql_where=text("paused_until IS NOT NULL"),
        ),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    role: Mapped[Role] = mapped_column(TextEnum(Role))
    headline: Mapped[str]
    goals: Mapped[str]
    about: Mapped[str] = mapped_column(server_default="", default="")
    industries: Mapped[list[str]] = mapped_column(server_default="{}", default=list)
    research: Mapped[list[str]] = mapped_column(server_default="{}", default=list)
    skills: Mapped[list[str]] = mapped_column(server_default="{}", default=list)
    location: Mapped[str] = mapped_column(server_default="", default="")
    meet: Mapped[list[str]] = mapped_column(server_default="{}", default=list)
    languages: Mapped[list[str]] = mapped_column(server_default="{}", default=list)
    max_mentees: Mapped[int] = mapped_column(server_default="1", default=1)
    current_mentees: Mapped[int] = mapped_column(server_default="0", default=0)
    paused_until: Mapped[datetime | None]
    ignored_offers: Mapped[int] = mapped_column(server_default="0", default=0)  # in a row, without any answer
    content_hash: Mapped[str]


class ProfileVector(Base):
    """One encoded text of a profile, as little-endian float16."""

    __tablename__ = "profile_vectors"
    __table_args__ = (
        UniqueConstraint("profile_id", "model", "facet", "position"),
        Index("ix_profile_vectors_model_updated_at", "model", "updated_at"),
    )

    profile_id: Mapped[UUID] = mapped_column(ForeignKey("mentorship_profiles.id", ondelete="CASCADE"))
    model: Mapped[str]
    facet: Mapped[str]
    position: Mapped[int]
    text: Mapped[str]
    vector: Mapped[bytes]
    content_hash: Mapped[str]


class Block(Base):
    """Two people who are never to be matched, by the wish of one of them or of staff."""

    __tablename__ = "blocks"
    __table_args__ = (
        CheckConstraint("user_id <> other_id", name="two_people"),
        UniqueConstraint("user_id", "other_id"),
        Index("ix_blocks_other_id", "other_id"),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    other_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    reason: Mapped[str] = mapped_column(server_default="", default="")
