"""What has been done with links in e-mails."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.models.base import Base


class UsedLink(Base):
    """A deed that a link was used for: each link does each of its page's deeds once. Kept while the link is valid."""

    __tablename__ = "used_links"
    __table_args__ = (
        UniqueConstraint("fingerprint", "deed"),
        Index("ix_used_links_person_id", "person_id"),
        Index("ix_used_links_expires_at", "expires_at"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    fingerprint: Mapped[bytes]
    deed: Mapped[str]
    expires_at: Mapped[datetime]
