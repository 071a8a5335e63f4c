"""How staff come to the web pages: one-time links, and the sessions they open. Of keys only hashes are kept."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.models.base import Base, TextEnum, one_of
from core.rules.sign_ins import Ending


class SignInLink(Base):
    """A link that signs one member of staff in, once."""

    __tablename__ = "sign_in_links"
    __table_args__ = (
        UniqueConstraint("key_hash"),
        Index("ix_sign_in_links_person_id", "person_id"),
        Index("ix_sign_in_links_expires_at", "expires_at"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    key_hash: Mapped[bytes]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class StaffSession(Base):
    """A browser in which a member of staff is signed in. The database ends it with the person's admin role."""

    __tablename__ = "staff_sessions"
    __table_args__ = (
        one_of("ending", Ending),
        CheckConstraint("(ended_at IS NULL) = (ending IS NULL)", name="ended_has_ending"),
        UniqueConstraint("key_hash"),
        Index("ix_staff_sessions_person_id", "person_id"),
        Index("ix_staff_sessions_seen_at", "seen_at"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    key_hash: Mapped[bytes]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ending: Mapped[Ending | None] = mapped_column(TextEnum(Ending))
