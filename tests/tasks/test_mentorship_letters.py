"""A mentorship with somebody who has no Slack: each side is told where they are, and nobody too much."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from pydantic import SecretStr

from core.config import Settings
from core.links import Links
from core.models import User
from core.notifications import Kind
from core.rules.matches import EndReason
from core.services import mentorships as life
from core.services.matches import lock_match
from core.services.people import Person
from core.uow import SYSTEM, Units, Work, member
from mail.composing import compose
from mail.letters.letter import Letter
from tests.conftest import NOON
from tests.mail.receiver import Receiver, receiving
from tests.support import factories as make
from tests.support.deliveries import Courier
from tests.support.queues import Recorded
from tests.support.slack import ScriptedSlack

LINKS = Links("a secret key that only tests use", "https://ithaca.example.org")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


@pytest.fixture
def courier(
    settings: Settings, units: Units, queue: Recorded, slack: ScriptedSlack, receiver: Receiver
) -> Iterator[Courier]:
    """One whose letters go to a real mail server."""
    url = SecretStr(receiver.url)
    here = settings.model_copy(update={"smtp_url": url, "mail_from": "Ithaca <ithaca@example.org>"})
    one = Courier(here, units, queue, slack)
    yield one
    one.end()


@pytest.fixture
def mia(units: Units) -> Person:
    return make.student(units, "Mia Tan")


@pytest.fixture
def match_id(units: Units, mia: Person, mentor: Person) -> UUID:
    """A match of Mia, who is in Slack, and Kim, who is not, that has just begun."""
    with units.work(SYSTEM) as work:
        work.session.get_one(User, mentor.id).slack_user_id = None
    made = make.match(units, mia, mentor)
    with units.work(SYSTEM) as work:
        life.begin(work, lock_match(work, made))
    return made


def do(units: Units, who: Person, deed: Callable[..., object], *args: object) -> None:
    with units.work(member(who.id)) as work:
        deed(work, *args)


def letter(units: Units, kind: Kind, match_id: UUID, reader: Person) -> Letter:
    with units.read(SYSTEM) as reading:
        return compose(reading, kind, match_id, reader.id, LINKS)


def test_goals_go_both_ways_and_nobody_reads_what_they_know(
    courier: Courier, receiver: Receiver, mia: Person, mentor: Person, match_id: UUID
) -> None:
    units = courier.units

    def subjects() -> list[str]:
        before = len(receiver.taken)
        courier.deliver()
        courier.deliver(seconds=3)
        return [str(one["Subject"]) for one in receiver.taken[before:]]

    first = subjects()
    assert "Meet Kim Alder, your mentor" in first, "both have a letter to answer, also who is in Slack"
    assert [one for one in first if "Mia" in one] == [
        "Meet Mia Tan, your mentee",
        "What do you and Mia Tan want to reach?",
    ]
    do(units, mentor, life.propose_goals, match_id, "A first job.", 14)
    assert subjects() == []
    do(units, mia, life.propose_goals, match_id, "Another job.", 14)
    assert subjects() == ["Mia Tan proposes goals for your mentorship"]
    do(units, mentor, life.agree_to_goals, match_id)
    assert subjects() == []
    do(units, mentor, life.propose_goals, match_id, "A third job.", 30)
    do(units, mia, life.agree_to_goals, match_id)
    assert subjects() == ["You and Mia Tan agreed on your goals"]
    assert receiver.recipients.count(str(mia.email)) == 1


def pause(work: Work, match_id: UUID) -> None:
    life.pause_match(work, match_id, NOON + timedelta(days=14))


def end(work: Work, match_id: UUID) -> None:
    life.end_match(work, match_id, EndReason.NO_FIT, "We did not get on.")


@pytest.mark.parametrize("by_student", [True, False])
@pytest.mark.parametrize("deed", [pause, end])
def test_a_change_is_told_in_the_same_words_whoever_made_it(
    units: Units, mia: Person, mentor: Person, match_id: UUID, deed: Callable[..., object], *, by_student: bool
) -> None:
    do(units, mia if by_student else mentor, deed, match_id)
    to_mia, to_kim = (letter(units, Kind.MATCH_CHANGED, match_id, one) for one in (mia, mentor))
    for one in (to_mia, to_kim):
        assert EndReason.NO_FIT not in one.text
        assert "get on" not in one.text

    def said(one: Letter) -> list[str]:
        told, _, _ = one.text.partition("Your data and privacy")  # stands in the foot for who has no Slack
        words = told.replace("Mia Tan", "them").replace("Kim Alder", "them").split()
        return [word for word in words if "https://" not in word]

    assert said(to_mia) == said(to_kim)


def test_of_an_end_each_reads_once_where_they_are(
    courier: Courier, receiver: Receiver, slack: ScriptedSlack, mia: Person, match_id: UUID
) -> None:
    courier.deliver()
    courier.deliver(seconds=3)
    do(courier.units, mia, end, match_id)
    courier.deliver()
    courier.deliver(seconds=3)
    assert receiver.taken[-1]["Subject"] == "Your mentorship with Mia Tan has come to an end"
    assert sum("has come to an end" in str(post["text"]) for post in slack.posted()) == 1


def test_a_keepsake_goes_to_both(
    courier: Courier, receiver: Receiver, slack: ScriptedSlack, mia: Person, match_id: UUID
) -> None:
    courier.deliver()
    courier.deliver(seconds=3)
    do(courier.units, mia, life.complete_match, match_id)
    courier.deliver()
    courier.deliver(seconds=3)
    assert "You and Mia Tan completed your mentorship" in [str(one["Subject"]) for one in receiver.taken]
    assert sum("This is yours to keep." in str(post["text"]) for post in slack.posted()) == 1
