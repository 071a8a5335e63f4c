"""Deliveries: each message out once, whatever happens on the way."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from bot.gateway import Failure, Meaning
from core.config import Settings
from core.models import Channel, Notification, NotificationState, Offer
from core.notifications import Kind, redraw
from core.queue import Job
from core.services.requests import cancel_request
from core.uow import SYSTEM, Units, member
from tasks.delivery import deliver
from tests.conftest import NOON
from tests.support import factories as make
from tests.support.deliveries import Courier, Killed
from tests.support.queues import Recorded
from tests.support.slack import ScriptedSlack

LOST = Failure(Meaning.UNKNOWN, "timeout")


def kill() -> None:
    raise Killed


def test_a_message_goes_out_once_with_its_id_as_metadata(courier: Courier, offer_id: UUID) -> None:
    courier.deliver()
    courier.deliver()
    (message,) = courier.posted()
    assert message["metadata"]["event_payload"] == {"id": str(offer_id)}
    assert "Mia Tan" in message["text"]
    sent = courier.row(Kind.OFFER)
    assert (sent.state, sent.slack_ts, sent.sent_at) == (NotificationState.SENT, message["ts"], NOON)
    assert sent.channel is Channel.SLACK


def test_of_many_deliveries_at_once_one_sends(courier: Courier, units: Units) -> None:
    for _ in range(30):
        make.request(units, make.student(units))
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: deliver(courier.runtime), range(8)))
    assert len(courier.posted()) == 30


def test_a_lost_answer_is_looked_up_before_anything_is_sent_again(
    courier: Courier, slack: ScriptedSlack, offer_id: UUID
) -> None:
    slack.fail("chat.postMessage", LOST, accepted=True)
    courier.deliver()
    row = courier.row(Kind.OFFER)
    assert (row.id, row.state, row.uncertain) == (offer_id, NotificationState.PENDING, True)
    courier.deliver(seconds=10)
    assert len(courier.posted()) == len(slack.called("chat.postMessage")) == 1
    row = courier.row(Kind.OFFER)
    assert (row.state, row.uncertain, row.slack_ts) == (NotificationState.SENT, False, courier.posted()[0]["ts"])


@pytest.mark.usefixtures("offer_id")
def test_what_was_lost_before_slack_took_it_is_sent_again(courier: Courier, slack: ScriptedSlack) -> None:
    slack.fail("chat.postMessage", LOST)
    courier.deliver()
    assert courier.posted() == []
    courier.deliver(seconds=10)
    assert len(courier.posted()) == 1


@pytest.mark.usefixtures("offer_id")
def test_nobody_gives_up_on_a_message_whose_outcome_stays_unknown(courier: Courier, slack: ScriptedSlack) -> None:
    for _ in range(40):
        slack.fail("chat.postMessage", LOST)
        courier.deliver(minutes=5)
    courier.deliver(minutes=5)
    assert len(courier.posted()) == 1


@pytest.mark.usefixtures("offer_id")
def test_a_process_killed_between_post_and_commit_leaves_one_message(
    settings: Settings, units: Units, queue: Recorded, courier: Courier, slack: ScriptedSlack
) -> None:
    slack.upcoming["chat.postMessage"].append(kill)
    courier.killed_while_delivering()
    other = Courier(settings, units, queue, slack, courier.clock)
    other.deliver(seconds=30)
    assert courier.row(Kind.OFFER).state is NotificationState.SENDING  # what was on its way may still arrive
    other.deliver(seconds=20)
    assert len(courier.posted()) == len(slack.called("chat.postMessage")) == 1
    assert courier.row(Kind.OFFER).state is NotificationState.SENT
    other.end()


@pytest.mark.usefixtures("offer_id")
def test_what_a_living_process_has_claimed_nobody_takes_however_long_it_lasts(
    settings: Settings, units: Units, queue: Recorded, courier: Courier, slack: ScriptedSlack
) -> None:
    other = Courier(settings, units, queue, slack, courier.clock)
    slack.upcoming["chat.postMessage"].append(lambda: other.deliver(hours=1))
    courier.deliver()
    assert len(slack.called("chat.postMessage")) == 1
    assert courier.row(Kind.OFFER).state is NotificationState.SENT
    other.end()


def test_a_message_that_cannot_be_drawn_keeps_no_other_from_going_out(
    courier: Courier, units: Units, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.wave(units, make.request(units, make.student(units)), make.mentor(units))
    monkeypatch.setattr("tasks.drawing.offer_card", lambda *_: 1 / 0)
    courier.deliver()
    assert courier.row(Kind.REQUEST_STATUS).state is NotificationState.SENT
    waiting = courier.row(Kind.OFFER)
    assert (waiting.state, waiting.last_error) == (NotificationState.PENDING, "ZeroDivisionError('division by zero')")
    monkeypatch.undo()
    courier.deliver(minutes=1)
    assert courier.row(Kind.OFFER).state is NotificationState.SENT


def test_what_is_about_nothing_any_more_is_not_sent(courier: Courier, offer_id: UUID) -> None:
    with courier.units.work(SYSTEM) as work:
        work.session.get_one(Notification, offer_id).params = {"subject": str(offer_id)}
    courier.deliver()
    assert courier.row(Kind.OFFER).state is NotificationState.CANCELLED
    assert courier.posted() == []


def test_a_card_is_drawn_again_in_place(courier: Courier, slack: ScriptedSlack, offer_id: UUID, units: Units) -> None:
    courier.deliver()
    student_id, request_id = _request_of(courier, offer_id)
    with units.work(member(student_id)) as work:
        cancel_request(work, request_id)
    courier.deliver()
    (message,) = courier.posted()
    assert "offer:accept" not in str(message["blocks"])
    assert [args["ts"] for args in slack.called("chat.update")] == [message["ts"]]


def test_a_change_before_its_card_went_out_needs_no_message_of_its_own(
    courier: Courier, slack: ScriptedSlack, offer_id: UUID, units: Units
) -> None:
    student_id, request_id = _request_of(courier, offer_id)
    with units.work(member(student_id)) as work:
        cancel_request(work, request_id)
    courier.deliver()
    (message,) = courier.posted()
    assert "offer:accept" not in str(message["blocks"])
    assert slack.called("chat.update") == []
    assert courier.row(Kind.OFFER, change=True).state is NotificationState.CANCELLED


def test_many_changes_of_one_card_are_drawn_once(courier: Courier, slack: ScriptedSlack, offer_id: UUID) -> None:
    courier.deliver()
    _redraw(courier, offer_id, times=3)
    courier.deliver()
    assert len(slack.called("chat.update")) == 1
    states = [row.state for row in courier.rows(Kind.OFFER, change=True)]
    assert sorted(states) == ["cancelled", "cancelled", "sent"]


def test_changes_of_one_card_never_overtake_each_other(
    settings: Settings, units: Units, queue: Recorded, courier: Courier, slack: ScriptedSlack, offer_id: UUID
) -> None:
    courier.deliver()
    _redraw(courier, offer_id)
    other = Courier(settings, units, queue, slack, courier.clock)

    def meanwhile() -> None:
        _redraw(courier, offer_id)
        other.deliver()

    slack.upcoming["chat.update"].append(meanwhile)
    courier.deliver()
    other.deliver()
    first, second = courier.rows(Kind.OFFER, change=True)
    assert (first.state, second.state) == (NotificationState.SENT, NotificationState.SENT)
    assert len(slack.called("chat.update")) == 2
    other.end()


def test_one_transaction_wakes_deliveries_once_whatever_it_stores(units: Units, queue: Recorded) -> None:
    make.wave(units, make.request(units, make.student(units)), *(make.mentor(units) for _ in range(3)))
    assert queue.of(Job.DELIVER) == [(), ()]


def test_after_a_full_claim_somebody_is_asked_to_help(courier: Courier, units: Units, queue: Recorded) -> None:
    for _ in range(courier.runtime.rhythm.least + 1):
        make.request(units, make.student(units))
    queue.jobs.clear()
    courier.deliver()
    assert queue.of(Job.DELIVER) == [()]


def _request_of(courier: Courier, notification_id: UUID) -> tuple[UUID, UUID]:
    with courier.units.read(SYSTEM) as reading:
        subject = reading.session.get_one(Notification, notification_id).params["subject"]
        offer = reading.session.get_one(Offer, UUID(subject))
        return offer.student_id, offer.request_id


def _redraw(courier: Courier, notification_id: UUID, times: int = 1) -> None:
    with courier.units.work(SYSTEM) as work:
        subject = work.session.get_one(Notification, notification_id).params["subject"]
        for _ in range(times):
            redraw(work, Kind.OFFER, UUID(subject))
