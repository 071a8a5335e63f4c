"""The auditor beside others who work on the same rows."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from core.models import Gate, Notification, NotificationState, TroubleName
from core.notifications import Kind
from core.services import gates
from core.uow import SYSTEM
from tasks.delivery import deliver
from tasks.drawing import draw
from tests.support.deliveries import Courier


def test_it_waits_for_nobody_who_changes_a_message(courier: Courier, offer_id: UUID) -> None:
    courier.clock.forward(minutes=1)
    with courier.units.work(SYSTEM) as elsewhere:
        elsewhere.session.execute(select(Notification).where(Notification.id == offer_id).with_for_update())
        courier.audit()
        assert courier.row(Kind.OFFER).noticed_at is None
    courier.audit()
    assert courier.row(Kind.OFFER).noticed_at == courier.clock()


def test_it_waits_for_nobody_who_counts_a_call(courier: Courier) -> None:
    with courier.units.work(SYSTEM) as work:
        for key in ("first", "second"):
            gates.close(work, key, work.now, "")
    courier.clock.forward(hours=2)
    with courier.units.work(SYSTEM) as elsewhere:
        elsewhere.session.execute(select(Gate).where(Gate.key == "first").with_for_update())
        courier.audit()
        assert elsewhere.session.scalars(select(Gate.key)).all() == ["first"]
    courier.audit()
    with courier.units.read(SYSTEM) as reading:
        assert reading.session.scalars(select(Gate.key)).all() == []


def test_a_database_that_goes_away_while_drawing_is_no_mistake_of_ours(courier: Courier, offer_id: UUID) -> None:
    def gone(*_: object) -> None:
        raise OperationalError("SELECT", {}, ConnectionError("server closed the connection"))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tasks.delivery.to_slack", gone)
        deliver(courier.runtime, draw)
    assert courier.row(Kind.OFFER).state is NotificationState.PENDING
    assert TroubleName.DRAWING not in [one.name for one in courier.troubles()]
    courier.deliver(seconds=timedelta(minutes=1).total_seconds())
    assert [posted["metadata"]["event_payload"]["id"] for posted in courier.posted()] == [str(offer_id)]
