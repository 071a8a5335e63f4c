"""Messages about meetings on their way: invitations by e-mail alone, and nothing said too late."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from pydantic import SecretStr
from sqlalchemy import update

from bot.gateway import Failure, Meaning
from core.config import Settings
from core.models import Channel, NotificationState, User
from core.notifications import Kind
from core.services import gates, meeting_reminders
from core.services.meetings import we_met
from core.uow import SYSTEM, Units, member
from tasks.drawing import draw
from tests.core.services.test_scheduling import TIMES, Pair
from tests.mail.calendars import invited
from tests.mail.receiver import Receiver, receiving
from tests.support.deliveries import Courier
from tests.support.queues import Recorded
from tests.support.slack import ScriptedSlack

State = NotificationState


@pytest.fixture
def post() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


@pytest.fixture
def courier(
    settings: Settings, units: Units, queue: Recorded, slack: ScriptedSlack, post: Receiver
) -> Iterator[Courier]:
    here = settings.model_copy(update={"smtp_url": SecretStr(post.url), "mail_from": "Ithaca <ithaca@example.org>"})
    one = Courier(here, units, queue, slack)
    yield one
    one.end()


@pytest.fixture
def pair(units: Units) -> Pair:
    return Pair(units)


def outcomes(courier: Courier, kind: Kind, *, change: bool = False) -> dict[UUID | None, State]:
    return {row.recipient_id: row.state for row in courier.rows(kind, change=change)}


def methods(post: Receiver) -> list[str]:
    events = map(invited, post.taken)
    return [event.method for event in events if event]


def test_both_get_the_invitation_by_mail_though_they_are_in_slack(courier: Courier, pair: Pair, post: Receiver) -> None:
    meeting_id = pair.planned()
    courier.deliver()
    rows = courier.rows(Kind.MEETING_INVITATION)
    assert {(row.state, row.channel) for row in rows} == {(State.SENT, Channel.EMAIL)}
    events = [invited(letter) for letter in post.taken]
    assert {(event.uid, event.method, event.starts_at) for event in events if event} == {
        (str(meeting_id), "REQUEST", TIMES[0])
    }
    assert len(events) == 2
    assert courier.row(Kind.MEETING_PLANNED).channel is Channel.SLACK


def test_who_has_no_address_gets_none_and_the_reason_is_kept(courier: Courier, pair: Pair, post: Receiver) -> None:
    with pair.units.work(SYSTEM) as work:
        work.session.execute(update(User).where(User.id == pair.student.id).values(email=None))
    pair.planned()
    courier.deliver()
    (dropped,) = [row for row in courier.rows(Kind.MEETING_INVITATION) if row.recipient_id == pair.student.id]
    assert (dropped.state, dropped.last_error) == (State.CANCELLED, "no e-mail address")
    (event,) = [invited(letter) for letter in post.taken]
    assert event
    assert event.attendees == (f"mailto:{pair.mentor.email}",)


def test_an_address_that_takes_nothing_does_not_cost_the_person_their_slack(
    courier: Courier, pair: Pair, post: Receiver
) -> None:
    post.answers["rcpt"] = "550 5.1.1 no such user"
    pair.planned()
    courier.deliver()
    assert set(outcomes(courier, Kind.MEETING_INVITATION).values()) == {State.FAILED}
    assert courier.row(Kind.MEETING_PLANNED).state is State.SENT


def test_calling_off_takes_the_invitation_back_once(courier: Courier, pair: Pair, post: Receiver) -> None:
    meeting_id = pair.planned()
    courier.deliver()
    pair.cancel(meeting_id, pair.student)
    courier.deliver()
    courier.deliver(minutes=1)
    assert methods(post) == ["REQUEST", "REQUEST", "CANCEL", "CANCEL"]
    last = invited(post.taken[-1])
    assert last
    assert (last.status, last.sequence, last.uid) == ("CANCELLED", 1, str(meeting_id))


def test_who_never_got_the_invitation_gets_no_word_of_its_end(courier: Courier, pair: Pair, post: Receiver) -> None:
    pair.cancel(pair.planned(), pair.student)
    courier.deliver()
    assert post.taken == []
    assert set(outcomes(courier, Kind.MEETING_INVITATION).values()) == {State.CANCELLED}


def test_a_reminder_that_is_drawn_once_the_meeting_began_says_nothing(courier: Courier, pair: Pair) -> None:
    meeting_id = pair.planned()
    courier.deliver()
    with pair.at(days=2).work(SYSTEM) as work:
        meeting_reminders.remind_an_hour_before(work, meeting_id)
    courier.deliver(days=2, hours=2)
    assert set(outcomes(courier, Kind.MEETING_REMINDER).values()) == {State.CANCELLED}


def test_each_reads_of_the_other(pair: Pair) -> None:
    meeting_id = pair.planned()
    with pair.at(days=1).read(SYSTEM) as reading:
        mine, theirs = (draw(reading, Kind.MEETING_REMINDER, meeting_id, who.id) for who in (pair.student, pair.mentor))
    assert mine.text.startswith("You meet Kim Alder on Sunday 3 March, 14:00")
    assert theirs.text.startswith("You meet Mia Tan on")


def test_once_one_has_answered_the_other_is_asked_to_confirm(courier: Courier, pair: Pair) -> None:
    meeting_id = pair.planned()
    courier.clock.forward(days=2, hours=3)
    with courier.units.work(SYSTEM) as work:
        meeting_reminders.ask_whether_they_met(work, meeting_id)
    courier.deliver()
    with courier.units.work(member(pair.mentor.id)) as work:
        we_met(work, meeting_id)
    courier.deliver(minutes=1)
    with courier.units.read(SYSTEM) as reading:
        mine, theirs = (draw(reading, Kind.MEETING_OVER, meeting_id, who.id) for who in (pair.student, pair.mentor))
    assert mine.text == "Kim Alder noted that you met on 3 March: 45 minutes, video. Is this right?"
    assert theirs.text == "You met Mia Tan on 3 March: 45 minutes, video."
    assert set(outcomes(courier, Kind.MEETING_OVER, change=True).values()) == {State.SENT}


def test_an_invitation_never_counts_as_slack_being_mended(courier: Courier, pair: Pair, post: Receiver) -> None:
    """While Slack refuses the app, one message a minute tries it. A letter would prove nothing."""
    meeting_id = pair.propose()
    courier.slack.fail("chat.postMessage", Failure(Meaning.INSTALLATION, "token_revoked"))
    courier.deliver()
    pair.pick(meeting_id, 0)
    courier.deliver(seconds=10)
    assert methods(post) == ["REQUEST", "REQUEST"]
    with courier.units.read(SYSTEM) as reading:
        assert gates.closed_until(reading, gates.INSTALLATION)
    for _ in range(2):
        courier.deliver(minutes=2)
    assert courier.row(Kind.MEETING_PLANNED).state is State.SENT
    assert methods(post) == ["REQUEST", "REQUEST"]
