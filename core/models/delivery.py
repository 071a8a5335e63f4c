"""What deliveries know of Slack: how long each kind of call has to wait, and what is out of order."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.models.base import Base, TextEnum, one_of


class Gate(Base):
    """One key of Slack's rate limits: a method, or a method in one conversation; or the installation as a whole.

    `due_at` keeps our own pace. `closed_until` is Slack's word: no call before then.
    """

    __tablename__ = "delivery_gates"
    __table_args__ = (UniqueConstraint("key"),)

    key: Mapped[str]
    due_at: Mapped[datetime | None]
    closed_until: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(server_default="", default="")


class TroubleName(StrEnum):
    """What can be out of order."""

    INSTALLATION = "installation"  # Slack refuses the app itself
    MAIL = "mail"  # the mail server takes nothing from us
    DRAWING = "drawing"  # Slack, or our own code, did not take what we drew
    STUCK = "stuck"  # messages that should have gone out and have not
    UNREACHED = "unreached"  # a message that nobody could be given
    CHANNEL = "channel"  # the channel for questions is not there, or the app not in it


class Trouble(Base):
    """One thing that was out of order, from when to when. Staff are told once, and once more when it is over."""

    __tablename__ = "delivery_troubles"
    __table_args__ = (
        one_of("name", TroubleName),
        CheckConstraint("messages >= 0", name="messages_positive"),
        Index("uq_delivery_troubles_open", "name", "code", unique=True, postgresql_where=text("ended_at IS NULL")),
    )

    name: Mapped[TroubleName] = mapped_column(TextEnum(TroubleName))
    code: Mapped[str]
    messages: Mapped[int] = mapped_column(server_default="0", default=0)
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
