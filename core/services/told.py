"""What letters have told: a letter cannot be changed, so each remembers how its subject stood."""

from uuid import UUID

from sqlalchemy import or_, select, type_coerce, update
from sqlalchemy.dialects.postgresql import JSONB

from core.models import Channel, Notification, NotificationState
from core.uow import Reading, Work

TOLD = "told"


def last_told(reading: Reading, notification_id: UUID) -> str | None:
    """How the subject stood in the last letter of the card that this change belongs to; None if none went out."""
    card_id = reading.session.scalar(select(Notification.updates_id).where(Notification.id == notification_id))
    if card_id is None:
        return None
    return reading.session.scalar(
        select(Notification.params[TOLD].astext)
        .where(
            or_(Notification.id == card_id, Notification.updates_id == card_id),
            Notification.id != notification_id,
            Notification.state == NotificationState.SENT,
            Notification.channel == Channel.EMAIL,
        )
        .order_by(Notification.sent_at.desc(), Notification.id.desc())
        .limit(1)
    )


def note_told(work: Work, notification_id: UUID, standing: str) -> None:
    """Remember how the subject stands in the letter that is about to go out."""
    work.session.execute(
        update(Notification)
        .where(Notification.id == notification_id)
        .values(params=Notification.params.op("||")(type_coerce({TOLD: standing}, JSONB))),
        execution_options={"synchronize_session": False},
    )
