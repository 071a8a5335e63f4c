"""Messages that wait: for Slack's limits, for our own pace, for quiet hours, for a digest, for the auditor."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bot.gateway import Failure, Meaning
from core.models import NotificationState, TroubleName
from core.notifications import ChannelName, Kind, notify, notify_each, to_channel, to_person
from core.rules.attention import QuietHours
from core.services.people import Person
from core.services.preferences import mute, preferences_of, set_quiet_hours, unmute
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON
from tests.support import factories as make
from tests.support.deliveries import Courier, Killed, Letters
from tests.support.slack import ScriptedSlack

EVENING = datetime(2030, 3, 1, 20, 30, tzinfo=UTC)  # 21:30 in Amsterdam
WAIT_30 = Failure(Meaning.WAIT, "ratelimited", 30)
SENT, PENDING = NotificationState.SENT, NotificationState.PENDING


def reminders(courier: Courier, mentor: Person, units: Units, count: int) -> Sequence[UUID]:
    """Unasked messages to one mentor, alone in the outbox."""
    for _ in range(count):
        make.wave(units, make.request(units, make.student(units)), mentor)
    offers = [row.subject_id for row in courier.rows(Kind.OFFER) if row.recipient_id == mentor.id]
    with courier.units.work(SYSTEM) as work:
        for offer_id in offers:
            assert offer_id
            notify(work, to_person(mentor.id), Kind.OFFER_REMINDER, offer_id)
    found = [row.id for row in courier.rows(Kind.OFFER_REMINDER)]
    courier.only(*found)
    return found


@pytest.fixture
def roomy(units: Units) -> Person:
    """A mentor with room for many."""
    return make.mentor(units, "Kim Alder", max_mentees=5)


def test_while_one_conversation_waits_for_slack_all_others_go_on(
    courier: Courier, slack: ScriptedSlack, units: Units
) -> None:
    limited, other = make.student(units), make.student(units)
    make.request(units, limited)
    slack.fail("chat.postMessage", WAIT_30)
    courier.deliver()
    make.request(units, other)
    courier.deliver(seconds=29)
    rows = {row.recipient_id: row.state for row in courier.rows(Kind.REQUEST_STATUS)}
    assert rows == {limited.id: PENDING, other.id: SENT}
    courier.deliver(seconds=1)
    assert {row.state for row in courier.rows(Kind.REQUEST_STATUS)} == {SENT}


def test_a_limit_on_another_method_keeps_nobody_from_posting(
    courier: Courier, slack: ScriptedSlack, units: Units
) -> None:
    known, fresh = make.student(units), make.student(units)
    make.request(units, known)
    courier.deliver()
    make.request(units, fresh)
    slack.fail("conversations.open", WAIT_30)
    courier.deliver()
    with courier.units.work(SYSTEM) as work:
        notify_each(work, [known.id, fresh.id], Kind.REQUEST_STATUS, _subject(courier, known))
    courier.deliver(seconds=20)
    assert [row.state for row in courier.rows(Kind.REQUEST_STATUS) if row.recipient_id == known.id] == [SENT, SENT]
    assert len(slack.called("conversations.open")) == 2  # nobody asked again before the time
    courier.deliver(seconds=10)
    assert {row.state for row in courier.rows(Kind.REQUEST_STATUS)} == {SENT}


def test_one_conversation_gets_four_at_once_and_then_one_a_second(courier: Courier, units: Units) -> None:
    students = [make.student(units) for _ in range(7)]
    with courier.units.work(SYSTEM) as work:
        for student in students:
            make_id = make.request(units, student)
            notify(work, to_channel(ChannelName.ADMINS), Kind.STAFF_REQUEST, make_id)
    courier.only(*(row.id for row in courier.rows(Kind.STAFF_REQUEST)))
    courier.deliver()
    assert len(courier.posted()) == 4
    for count in (5, 6, 7):
        courier.deliver(seconds=1)
        assert len(courier.posted()) == count
    assert [row.tries for row in courier.rows(Kind.STAFF_REQUEST)] == [1] * 7


def test_unasked_messages_wait_for_the_end_of_quiet_hours(courier: Courier, units: Units, roomy: Person) -> None:
    reminders(courier, roomy, units, 1)
    courier.clock.now = EVENING
    courier.deliver()
    assert courier.posted() == []
    courier.deliver(hours=10.4)
    assert courier.posted() == []
    courier.deliver(minutes=10)  # 8:00 in Amsterdam
    assert len(courier.posted()) == 1


def test_offers_and_answers_are_never_held_back(courier: Courier, units: Units, roomy: Person) -> None:
    courier.clock.now = EVENING
    make.wave(units, make.request(units, make.student(units)), roomy)
    courier.deliver()
    assert {row.state for row in (*courier.rows(Kind.OFFER), *courier.rows(Kind.REQUEST_STATUS))} == {SENT}


def test_somebody_may_choose_their_quiet_hours(courier: Courier, units: Units, roomy: Person) -> None:
    with units.work(member(roomy.id)) as work:
        noon, one = NOON.time(), (NOON + timedelta(hours=2)).time()
        set_quiet_hours(work, roomy.id, QuietHours(noon, one))
    reminders(courier, roomy, units, 1)
    courier.deliver()  # 13:00 in Amsterdam
    assert courier.posted() == []
    courier.deliver(hours=1)
    assert len(courier.posted()) == 1


def test_three_unasked_messages_a_day_and_the_rest_in_one_digest(courier: Courier, units: Units, roomy: Person) -> None:
    reminders(courier, roomy, units, 6)
    courier.deliver()
    states = [row.state for row in courier.rows(Kind.OFFER_REMINDER)]
    assert states == [SENT] * 3 + [NotificationState.HELD] * 3
    courier.deliver(hours=3, minutes=59)
    assert len(courier.posted()) == 3
    courier.deliver(minutes=1)  # 17:00 in Amsterdam
    assert len(courier.posted()) == 4
    digest = courier.posted()[-1]
    assert "three messages" in digest["text"]
    assert len(digest["blocks"]) == 5  # a title, three messages, and where to answer
    assert {row.state for row in courier.rows(Kind.OFFER_REMINDER)} == {SENT}
    courier.deliver(days=1)
    assert len(courier.posted()) == 4


def test_the_next_day_has_its_own_three(courier: Courier, units: Units, roomy: Person) -> None:
    first = reminders(courier, roomy, units, 3)
    courier.deliver()
    assert len(first) == len(courier.posted()) == 3
    courier.clock.forward(days=1)
    with courier.units.work(SYSTEM) as work:
        subject = courier.row(Kind.OFFER_REMINDER).subject_id
        assert subject
        notify(work, to_person(roomy.id), Kind.OFFER_REMINDER, subject, "again")
    courier.deliver()
    assert len(courier.posted()) == 4


def test_who_has_muted_what_is_optional_gets_none_of_it_and_all_else(
    courier: Courier, units: Units, roomy: Person, letters: Letters
) -> None:
    with units.work(member(roomy.id)) as work:
        mute(work, roomy.id)
    reminders(courier, roomy, units, 1)
    courier.deliver()
    row = courier.row(Kind.OFFER_REMINDER)
    assert (row.state, row.last_error) == (NotificationState.CANCELLED, "muted")
    make.wave(units, make.request(units, make.student(units)), roomy)
    courier.deliver()
    assert courier.row(Kind.OFFER).state is SENT
    with units.work(member(roomy.id)) as work:
        unmute(work, roomy.id)
        assert preferences_of(work, roomy.id).optional
    assert letters.taken == []


def test_the_auditor_reports_what_nobody_delivers_once_and_says_when_it_is_over(
    courier: Courier, units: Units, caplog: pytest.LogCaptureFixture
) -> None:
    rows = [make.request(units, make.student(units)) for _ in range(3)]
    courier.audit()
    courier.audit(seconds=59)
    assert courier.troubles() == []
    with caplog.at_level(logging.ERROR):
        courier.audit(seconds=1)
        courier.audit(seconds=60)
    (trouble,) = courier.troubles()
    assert (trouble.name, trouble.messages) == (TroubleName.STUCK, len(rows))
    assert all(str(row.id) in caplog.text for row in courier.rows(Kind.REQUEST_STATUS))
    assert len(courier.rows(Kind.DELIVERY_TROUBLE)) == 1
    courier.deliver()
    courier.audit(seconds=60)
    assert courier.troubles()[0].ended_at == courier.clock.now


def test_the_auditor_puts_back_what_a_dead_process_had_claimed(
    courier: Courier, slack: ScriptedSlack, units: Units
) -> None:
    def kill() -> None:
        raise Killed

    make.request(units, make.student(units))
    slack.upcoming["chat.postMessage"].append(kill)
    courier.killed_while_delivering()
    courier.audit(seconds=60)
    row = courier.row(Kind.REQUEST_STATUS)
    assert (row.state, row.uncertain, row.claimant) == (PENDING, True, None)


def _subject(courier: Courier, person: Person) -> UUID:
    found = next(row.subject_id for row in courier.rows(Kind.REQUEST_STATUS) if row.recipient_id == person.id)
    assert found
    return found
