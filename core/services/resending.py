"""Messages that failed, sent again by the hand of staff once what stood in the way is mended."""

from uuid import UUID

from sqlalchemy import select

from core.models import Notification, NotificationState
from core.queue import Job
from core.rules.errors import DomainError, NotFound
from core.services.audit import Deed, Subject, record
from core.uow import Work


class NotFailed(DomainError):
    """The message went out, waits to, or is not needed any more."""

    code = "not_failed"


def send_again(work: Work, notification_id: UUID) -> None:
    """Let a failed message be tried at once, as the actor, who is staff. Of several at the same moment one does it.

    Whether an earlier try may have gone out is remembered, so that the delivery looks before it sends. Raises
    `NotFound` and `NotFailed`.
    """
    message = work.session.scalar(
        select(Notification).where(Notification.id == notification_id).with_for_update(key_share=True)
    )
    if message is None:
        raise NotFound(notification_id=notification_id)
    if message.state is not NotificationState.FAILED:
        raise NotFailed(state=message.state)
    before = {"state": message.state.value, "kind": message.kind, "error": message.last_error}
    message.state, message.not_before = NotificationState.PENDING, work.now
    message.slot_at = message.noticed_at = None
    record(work, Deed.SENT_AGAIN, Subject.MESSAGE, message.id, before=before, after={"state": message.state.value})
    work.queue(Job.DELIVER)
