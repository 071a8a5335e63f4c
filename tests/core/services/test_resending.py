"""A message that failed is tried again once, however often that is asked for, and says so in the audit log."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy import select

from core.models import AuditEntry, Notification, NotificationState, new_id
from core.queue import Job
from core.rules.errors import DomainError, NotFound
from core.services.people import Person
from core.services.resending import NotFailed, send_again
from core.uow import SYSTEM, Units, admin
from tests.conftest import NOON
from tests.support import factories as make
from tests.support.queues import Recorded


@pytest.fixture
def ada(units: Units) -> Person:
    return make.person(units, "Ada Staff", is_admin=True)


def message(units: Units, state: NotificationState = NotificationState.FAILED) -> UUID:
    """One that was to go to a mentor."""
    mentor = make.mentor(units, "Kim Alder")
    with units.work(SYSTEM) as work:
        made = Notification(
            recipient_id=mentor.id,
            kind="pause_over",
            params={},
            dedupe_key=str(new_id()),
            state=state,
            not_before=NOON,
            tries=3,
            last_error="channel_not_found",
            uncertain=True,
        )
        work.session.add(made)
        work.session.flush()
        return made.id


def again(units: Units, ada: Person, id_: UUID) -> str:
    try:
        with units.work(admin(ada.id)) as work:
            send_again(work, id_)
    except DomainError as refusal:
        return refusal.code
    return "sent"


def test_of_many_at_once_one_sends_it(units: Units, queue: Recorded, ada: Person) -> None:
    id_ = message(units)
    with ThreadPoolExecutor(20) as pool:
        outcomes = Counter(pool.map(lambda _: again(units, ada, id_), range(20)))
    assert outcomes == {"sent": 1, "not_failed": 19}
    with units.read(SYSTEM) as reading:
        row = reading.session.get_one(Notification, id_)
        line = reading.session.scalars(select(AuditEntry)).one()
    assert (row.state, row.uncertain, row.tries) == (NotificationState.PENDING, True, 3)
    assert (line.action, line.actor_id, line.subject_id) == ("sent_again", ada.id, id_)
    assert line.before == {"state": "failed", "kind": "pause_over", "error": "channel_not_found"}
    assert queue.of(Job.DELIVER)


@pytest.mark.parametrize("state", [NotificationState.SENT, NotificationState.PENDING, NotificationState.CANCELLED])
def test_only_what_failed_is_sent_again(units: Units, ada: Person, state: NotificationState) -> None:
    with pytest.raises(NotFailed), units.work(admin(ada.id)) as work:
        send_again(work, message(units, state))


def test_what_is_not_there_is_not_found(units: Units, ada: Person) -> None:
    with pytest.raises(NotFound), units.work(admin(ada.id)) as work:
        send_again(work, new_id())
