"""What is left of an erasure: messages in Slack taken down, matches ended, and what came a moment too late."""

from uuid import UUID

import pytest
from sqlalchemy import select

from bot.gateway import Failure, Meaning
from core.models import Match, Notification, NotificationState, Request
from core.notifications import Kind
from core.rules.matches import MatchState
from core.rules.requests import NextStep, RequestState
from core.services.erasure import erase_self
from core.services.people import Person
from core.uow import SYSTEM, Units, member
from tasks.erasing import erase
from tests.support import factories as make
from tests.support.deliveries import Courier, Letters

State = NotificationState


@pytest.fixture
def mia(units: Units) -> Person:
    return make.student(units, "Mia Tan")


def erased(courier: Courier, person: Person) -> None:
    with courier.units.work(member(person.id)) as work:
        erase_self(work, "erase")
    erase(courier.runtime, person.id)


def cleared(courier: Courier, person: Person) -> bool:
    return courier.user(person.id).cleared_at is not None


def states(courier: Courier, kind: Kind) -> list[State]:
    return [row.state for row in courier.rows(kind, change=True)]


def test_the_offer_in_the_mentors_messages_is_taken_down(
    courier: Courier, units: Units, mia: Person, mentor: Person
) -> None:
    make.wave(units, make.request(units, mia), mentor)
    courier.deliver()
    assert len(courier.posted()) == 2
    erased(courier, mia)
    courier.deliver(minutes=1)
    assert courier.posted() == []
    assert states(courier, Kind.REMOVED)[-1] is State.SENT
    assert not cleared(courier, mia), "what began before it may still be under way"
    courier.clock.forward(minutes=1)
    erase(courier.runtime, mia.id)
    assert cleared(courier, mia)
    with courier.units.read(SYSTEM) as reading:
        to_her = select(Notification).where(Notification.recipient_id == mia.id)
        assert reading.session.scalars(to_her).all() == []
        assert {row.slack_ts for row in reading.session.scalars(select(Notification))} == {None}


@pytest.mark.parametrize(
    ("code", "meaning", "state"),
    [
        ("message_not_found", Meaning.NO_UPDATE, State.SENT),
        ("channel_not_found", Meaning.PERSON, State.SENT),
        ("cant_delete_message", Meaning.OURS, State.FAILED),
        ("ratelimited", Meaning.WAIT, State.PENDING),
        ("internal_error", Meaning.UNKNOWN, State.PENDING),
    ],
)
def test_what_slack_says_to_it(
    courier: Courier, units: Units, mia: Person, code: str, meaning: Meaning, state: State
) -> None:
    make.request(units, mia)
    courier.deliver()
    erased(courier, mia)
    courier.slack.fail("chat.delete", Failure(meaning, code, 30.0))
    courier.deliver()
    assert states(courier, Kind.REMOVED) == [state]
    courier.clock.forward(minutes=2)
    erase(courier.runtime, mia.id)
    assert cleared(courier, mia) is (state is not State.PENDING)


def test_what_waits_is_never_sent_and_the_other_side_is_told_of_the_end(
    courier: Courier, units: Units, mia: Person, mentor: Person, letters: Letters
) -> None:
    match_id = make.match(units, mia, mentor, goals="A first job.")
    make.request(units, mia)
    erased(courier, mia)
    courier.deliver()
    told = [one["text"] for one in courier.posted()]
    assert len(told) == 2, "the end, and how it was"
    assert all("your mentorship" in text.casefold() and "Mia" not in text for text in told)
    assert letters.taken == []
    with courier.units.read(SYSTEM) as reading:
        match = reading.session.get_one(Match, match_id)
        assert (match.state, match.goals) == (MatchState.ENDED, "")


def test_what_came_a_moment_too_late_goes_with_the_next_pass(courier: Courier, mia: Person) -> None:
    erased(courier, mia)
    late = UUID(int=7)
    with courier.units.work(SYSTEM) as work:
        asked = {"state": RequestState.SEARCHING, "next_step": NextStep.SEARCH, "next_step_at": work.now}
        work.session.add(Request(id=late, student_id=mia.id, wish="Late", **asked))
    courier.clock.forward(minutes=1)
    erase(courier.runtime, mia.id)
    with courier.units.read(SYSTEM) as reading:
        request = reading.session.get_one(Request, late)
        assert (request.state, request.wish) == (RequestState.CANCELLED, "")
    assert cleared(courier, mia)


def test_a_message_that_somebody_else_holds_is_not_waited_for_and_goes_later(
    courier: Courier, units: Units, mia: Person, mentor: Person
) -> None:
    make.wave(units, make.request(units, mia), mentor)
    courier.deliver()
    (offer,) = courier.rows(Kind.OFFER)
    with units.work(SYSTEM) as held:
        held.session.execute(select(Notification.id).where(Notification.id == offer.id).with_for_update(key_share=True))
        erased(courier, mia)
        courier.clock.forward(minutes=2)
        erase(courier.runtime, mia.id)
        assert not cleared(courier, mia)
    erase(courier.runtime, mia.id)
    courier.deliver(minutes=1)
    assert courier.posted() == []
    erase(courier.runtime, mia.id)
    assert cleared(courier, mia)
