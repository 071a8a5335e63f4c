"""Questions whose channel is missing, closed, or closed to us: none goes silent, and none is posted twice."""

from itertools import count
from uuid import UUID

import pytest

from core.models import NotificationState, TroubleName
from core.notifications import ChannelName, Kind, notify, redraw, to_channel
from core.uow import SYSTEM
from tests.support import factories as make
from tests.support.wired import Somebody, Wired

POST, CHANGE = "chat.postMessage", "chat.update"
_names = count(1)


@pytest.fixture
def ada(worker: Wired) -> Somebody:
    return worker.person("Ada Brandt", is_admin=True)


def posted(worker: Wired, mia: Somebody, **known: str) -> UUID:
    """A question on its way into the channel."""
    question_id = make.question(worker.units, mia.known, **known)
    with worker.units.work(SYSTEM) as work:
        notify(work, to_channel(ChannelName.QUESTIONS), Kind.QUESTION_CARD, question_id)
    return question_id


def change(worker: Wired, question_id: UUID) -> None:
    with worker.units.work(SYSTEM) as work:
        redraw(work, Kind.QUESTION_CARD, question_id)


def use_channel(worker: Wired, *, made: bool) -> str:
    """Let questions go to a channel that is there, or is not yet. Its name."""
    name = f"questions-{next(_names)}"
    if made:
        make_channel(worker, name)
    bot = worker.runtime.bot
    bot.settings = bot.settings.model_copy(update={"question_channel": name})
    return name


def make_channel(worker: Wired, name: str) -> str:
    """Somebody makes the channel. Its id."""
    return str(worker.gateway.call("conversations.create", name=name)["channel"]["id"])


@pytest.mark.parametrize("code", ["channel_not_found", "is_archived", "not_in_channel", "restricted_action"])
def test_a_channel_that_takes_nothing_is_told_to_staff_once_and_the_question_goes_out_once_it_does(
    worker: Wired, mia: Somebody, ada: Somebody, code: str
) -> None:
    worker.goes_wrong(error=code, conversation="quick-questions", method=POST)
    posted(worker, mia)
    worker.deliver()
    posted(worker, mia, question="And a second one?")
    for _ in range(3):
        worker.deliver(minutes=1)
    assert {row.state for row in worker.rows(Kind.QUESTION_CARD)} == {NotificationState.PENDING}
    (trouble,) = worker.troubles()
    assert (trouble.name, trouble.ended_at) == (TroubleName.CHANNEL, None)
    assert len(ada.messages("Quick questions cannot be posted")) == 1
    assert len(worker.calls(POST)) <= 6  # one message tries each minute, the others wait
    worker.goes_well()
    worker.deliver(minutes=1)
    worker.deliver(minutes=1)
    assert {row.state for row in worker.rows(Kind.QUESTION_CARD)} == {NotificationState.SENT}
    assert len(ada.messages("It is over")) == 1
    assert worker.troubles()[0].ended_at


def test_a_channel_that_is_not_there_yet_gets_the_question_once_it_is(
    worker: Wired, mia: Somebody, ada: Somebody
) -> None:
    name = use_channel(worker, made=False)
    question_id = posted(worker, mia)
    for _ in range(3):
        worker.deliver(minutes=1)
    change(worker, question_id)  # which changes nothing for a card that is not there
    worker.deliver(minutes=1)
    assert [one for one in worker.calls(POST) if "Mia Tan" in one["request"]["text"]] == []
    assert len(ada.messages("Quick questions cannot be posted")) == 1
    channel = make_channel(worker, name)
    worker.deliver(minutes=1)
    worker.deliver(minutes=1)
    row = worker.row(Kind.QUESTION_CARD)
    assert (row.state, row.slack_channel) == (NotificationState.SENT, channel)
    assert len([one for one in worker.calls(POST) if one["request"]["channel"] == channel]) == 1


@pytest.mark.parametrize("code", ["is_inactive", "channel_not_found"])
def test_a_card_whose_channel_is_gone_is_posted_anew_in_the_next(
    worker: Wired, mia: Somebody, ada: Somebody, code: str
) -> None:
    before = use_channel(worker, made=True)
    question_id = posted(worker, mia)
    worker.deliver()
    old = worker.row(Kind.QUESTION_CARD).slack_channel
    worker.gateway.call("conversations.archive", channel=old)
    worker.goes_wrong(error=code, conversation=before)
    name = use_channel(worker, made=False)
    change(worker, question_id)
    worker.deliver(minutes=1)
    assert worker.row(Kind.QUESTION_CARD, change=True).state is NotificationState.PENDING
    assert len(ada.messages("Quick questions cannot be posted")) == 1
    channel = make_channel(worker, name)
    worker.deliver(minutes=1)
    assert worker.row(Kind.QUESTION_CARD).slack_channel == channel != old
    change(worker, question_id)
    worker.deliver(minutes=1)
    assert calls_in(worker, POST, channel) == calls_in(worker, CHANGE, channel) == 1


def calls_in(worker: Wired, method: str, channel: str) -> int:
    return len([one for one in worker.calls(method) if one["request"]["channel"] == channel])


def test_what_waits_for_its_channel_is_not_late(worker: Wired, mia: Somebody) -> None:
    use_channel(worker, made=False)
    posted(worker, mia)
    for _ in range(4):
        worker.deliver(minutes=1)
        worker.audit()
    assert [trouble.name for trouble in worker.troubles()] == [TroubleName.CHANNEL]


def test_staff_whose_channel_is_missing_too_are_told_one_by_one(worker: Wired, mia: Somebody, ada: Somebody) -> None:
    worker.goes_wrong(error="channel_not_found", conversation="mentorship-admins")
    use_channel(worker, made=False)
    posted(worker, mia)
    worker.deliver()
    (told,) = ada.messages("Quick questions cannot be posted")
    assert told.channel.startswith("D")
