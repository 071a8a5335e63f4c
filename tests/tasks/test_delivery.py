"""Deliveries: each message out once, whatever happens on the way."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

import pytest
from sqlalchemy import select, update

from bot.context import Bot
from bot.gateway import Failure, Gateway, Meaning
from core.config import Settings
from core.models import Notification, NotificationState
from core.notifications import Kind, redraw
from core.queue import Job
from core.services import deliveries
from core.services.requests import cancel_request
from core.uow import SYSTEM, Units, member
from matching.service import Matcher
from tasks.delivery import deliver
from tasks.runtime import Runtime
from tasks.sweep import sweep
from tests.conftest import NOON, later
from tests.support import factories as make
from tests.support.queues import Recorded
from tests.support.slack import ScriptedSlack

LOST = Failure(Meaning.UNKNOWN, "timeout")


@pytest.fixture
def slack() -> ScriptedSlack:
    return ScriptedSlack()


def runtime(settings: Settings, units: Units, slack: ScriptedSlack) -> Runtime:
    def no_matcher(_: Units) -> Matcher:
        raise AssertionError("a delivery needs no model")

    return Runtime(Bot(settings, units, cast("Gateway", slack)), no_matcher)


@pytest.fixture
def worker(settings: Settings, units: Units, slack: ScriptedSlack) -> Runtime:
    return runtime(settings, units, slack)


def after(worker: Runtime, **delay: Any) -> Runtime:
    """The same worker, later."""
    return runtime(
        worker.bot.settings, later(worker.units, NOON + timedelta(**delay)), cast("ScriptedSlack", worker.bot.slack)
    )


def notification(units: Units, kind: Kind, *, change: bool = False) -> Notification:
    with units.read(SYSTEM) as reading:
        return reading.session.scalars(
            select(Notification)
            .where(Notification.kind == kind, Notification.updates_id.is_not(None) == change)
            .order_by(Notification.created_at.desc())
        ).first() or pytest.fail(f"no {kind}")


@pytest.fixture
def offer_id(units: Units) -> UUID:
    """An offer that waits to be delivered."""
    make.wave(units, make.request(units, make.student(units, "Mia Tan")), make.mentor(units))
    return notification(units, Kind.OFFER).id


def test_a_message_goes_out_once_with_its_id_as_metadata(worker: Runtime, slack: ScriptedSlack, offer_id: UUID) -> None:
    deliver(worker, offer_id)
    deliver(worker, offer_id)
    (message,) = slack.posted()
    assert message["metadata"]["event_payload"] == {"id": str(offer_id)}
    assert "Mia Tan" in message["text"]
    sent = notification(worker.units, Kind.OFFER)
    assert (sent.state, sent.slack_ts, sent.sent_at) == (NotificationState.SENT, message["ts"], NOON)


def test_of_many_deliveries_at_once_one_sends(worker: Runtime, slack: ScriptedSlack, offer_id: UUID) -> None:
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda _: deliver(worker, offer_id), range(16)))
    assert len(slack.posted()) == 1


def test_a_lost_answer_is_looked_up_before_anything_is_sent_again(
    worker: Runtime, slack: ScriptedSlack, offer_id: UUID
) -> None:
    slack.fail("chat.postMessage", LOST, accepted=True)
    deliver(worker, offer_id)
    assert notification(worker.units, Kind.OFFER).state is NotificationState.SENDING
    deliver(after(worker, seconds=10), offer_id)
    assert len(slack.posted()) == len(slack.called("chat.postMessage")) == 1
    assert notification(worker.units, Kind.OFFER).state is NotificationState.SENT


def test_what_was_lost_before_slack_took_it_is_sent_again(
    worker: Runtime, slack: ScriptedSlack, offer_id: UUID
) -> None:
    slack.fail("chat.postMessage", LOST)
    deliver(worker, offer_id)
    assert slack.posted() == []
    deliver(after(worker, seconds=10), offer_id)
    assert len(slack.posted()) == 1


def test_a_worker_killed_between_post_and_commit_leaves_one_message(
    worker: Runtime, slack: ScriptedSlack, offer_id: UUID
) -> None:
    def killed() -> None:
        raise KeyboardInterrupt

    slack.upcoming["chat.postMessage"].append(killed)
    with pytest.raises(KeyboardInterrupt):
        deliver(worker, offer_id)
    deliver(after(worker, seconds=30), offer_id)
    assert len(slack.called("chat.postMessage")) == 1  # the lease still runs
    deliver(after(worker, seconds=50), offer_id)
    assert len(slack.posted()) == 1
    assert notification(worker.units, Kind.OFFER).state is NotificationState.SENT


def test_a_rate_limit_makes_this_message_wait_as_long_as_slack_says(
    worker: Runtime, slack: ScriptedSlack, offer_id: UUID
) -> None:
    slack.fail("chat.postMessage", Failure(Meaning.WAIT, "ratelimited", 30))
    deliver(worker, offer_id)
    deliver(after(worker, seconds=29), offer_id)
    assert slack.posted() == []
    deliver(after(worker, seconds=30), offer_id)
    assert len(slack.posted()) == 1


def test_a_broken_installation_keeps_the_queue(worker: Runtime, slack: ScriptedSlack, offer_id: UUID) -> None:
    slack.fail("chat.postMessage", Failure(Meaning.INSTALLATION, "token_revoked"))
    deliver(worker, offer_id)
    assert notification(worker.units, Kind.OFFER).state is NotificationState.PENDING
    deliver(after(worker, minutes=1), offer_id)
    assert len(slack.posted()) == 1


def test_blocks_that_slack_refuses_go_out_as_plain_text(worker: Runtime, slack: ScriptedSlack, offer_id: UUID) -> None:
    slack.fail("chat.postMessage", Failure(Meaning.OURS, "invalid_blocks"))
    deliver(worker, offer_id)
    (message,) = slack.posted()
    assert (message["blocks"], "Mia Tan" in message["text"]) == ([], True)


def test_a_person_slack_does_not_know_fails_with_the_reason(
    worker: Runtime, slack: ScriptedSlack, offer_id: UUID
) -> None:
    slack.fail("conversations.open", Failure(Meaning.PERSON, "user_disabled"))
    deliver(worker, offer_id)
    failed = notification(worker.units, Kind.OFFER)
    assert (failed.state, failed.last_error) == (NotificationState.FAILED, "user_disabled")


def test_a_card_is_drawn_again_in_place_and_only_after_it_went_out(
    worker: Runtime, slack: ScriptedSlack, queue: Recorded, offer_id: UUID
) -> None:
    card = notification(worker.units, Kind.OFFER)
    assert card.id == offer_id
    status = notification(worker.units, Kind.REQUEST_STATUS)
    assert status.recipient_id
    with worker.units.work(member(status.recipient_id)) as work:
        cancel_request(work, UUID(status.params["subject"]))
    change = notification(worker.units, Kind.OFFER, change=True)
    deliver(worker, change.id)
    assert slack.posted() == []
    queue.jobs.clear()
    deliver(worker, card.id)
    assert queue.of(Job.DELIVER) == [(str(change.id),)]
    deliver(worker, change.id)
    (message,) = slack.posted()
    assert "offer:accept" not in str(message["blocks"])
    assert [args["ts"] for args in slack.called("chat.update")] == [message["ts"]]


def test_changes_of_one_card_never_overtake_each_other(worker: Runtime, offer_id: UUID) -> None:
    deliver(worker, offer_id)
    card = notification(worker.units, Kind.OFFER)
    assert card.id == offer_id
    with worker.units.work(SYSTEM) as work:
        for _ in range(2):
            redraw(work, Kind.OFFER, UUID(card.params["subject"]))
    with worker.units.read(SYSTEM) as reading:
        first, second = reading.session.scalars(
            select(Notification.id).where(Notification.updates_id == card.id).order_by(Notification.created_at)
        )
    with worker.units.work(SYSTEM) as work:
        assert deliveries.claim(work, first)
    with worker.units.work(SYSTEM) as work:
        assert deliveries.claim(work, second) is None
    with worker.units.work(SYSTEM) as work:
        deliveries.sent(work, first, None)
    with worker.units.work(SYSTEM) as work:
        assert deliveries.claim(work, second)


def test_the_sweep_finds_what_no_wake_up_reached(worker: Runtime, queue: Recorded, offer_id: UUID) -> None:
    queue.jobs.clear()
    sweep(worker)
    assert (str(offer_id),) in queue.of(Job.DELIVER)
    with worker.units.work(SYSTEM) as work:
        work.session.execute(update(Notification).values(state=NotificationState.SENT))
    queue.jobs.clear()
    sweep(worker)
    assert queue.of(Job.DELIVER) == []
