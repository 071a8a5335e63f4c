"""Messages by letter: the right one to the right person, under one id, and no more of them than are worth it."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import cast
from uuid import UUID, uuid4

import pytest
from pydantic import SecretStr
from sqlalchemy import select, update

from bot.context import Bot
from bot.gateway import Gateway
from core.config import Settings
from core.links import Links, Purpose
from core.models import Channel, Notification, NotificationState, User
from core.notifications import Kind, notify, redraw, to_person
from core.rules.errors import NotFound
from core.services.deliveries import Claim, NothingToSay
from core.services.meetings import HeldMeeting, log_meeting
from core.services.offers import accept_offer
from core.services.people import Person
from core.services.requests import cancel_request
from core.uow import SYSTEM, Units, member
from matching.service import Matcher
from tasks.mailing import Failure, Meaning, message_id, send_mail
from tasks.runtime import Runtime
from tests.conftest import NOON
from tests.mail.receiver import DROP, Receiver, receiving
from tests.support import factories as make


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


@pytest.fixture
def worker(settings: Settings, units: Units, receiver: Receiver) -> Runtime:
    url = SecretStr(receiver.url)
    here = settings.model_copy(update={"smtp_url": url, "mail_from": "Ithaca <ithaca@example.org>"})

    def no_matcher(_: Units) -> Matcher:
        raise AssertionError("a letter needs no model")

    return Runtime(Bot(here, units, Gateway(here)), no_matcher)


@pytest.fixture
def mia(units: Units) -> Person:
    return make.student(units, "Mia Tan")


@pytest.fixture
def kim(units: Units) -> Person:
    return make.mentor(units, "Kim Alder")


@pytest.fixture
def request_id(units: Units, mia: Person, kim: Person) -> UUID:
    """A request of Mia's that Kim has been asked about."""
    made = make.request(units, mia)
    make.wave(units, made, kim)
    return made


def latest(units: Units, kind: Kind) -> Notification:
    """The newest message of a kind, change or not."""
    newest = select(Notification).where(Notification.kind == kind).order_by(Notification.id.desc()).limit(1)
    with units.read(SYSTEM) as reading:
        return reading.session.scalars(newest).one()


def claimed(row: Notification) -> Claim:
    """What a letter needs to know of a claim."""
    known = SimpleNamespace(id=row.id, kind=Kind(row.kind), params=row.params, is_change=row.updates_id is not None)
    return cast("Claim", known)


def send(worker: Runtime, kind: Kind, person: Person) -> bool:
    """Send a person the newest message of a kind, as a delivery does; whether a letter went out."""
    row = latest(worker.units, kind)
    try:
        send_mail(worker, claimed(row), person.id)
    except NothingToSay:
        return False
    with worker.units.work(SYSTEM) as work:
        work.session.execute(
            update(Notification)
            .where(Notification.id == row.id)
            .values(state=NotificationState.SENT, channel=Channel.EMAIL, sent_at=work.now)
        )
    return True


def test_an_offer_reaches_its_mentor_with_links_that_are_theirs(
    worker: Runtime, receiver: Receiver, kim: Person, request_id: UUID
) -> None:
    del request_id
    row = latest(worker.units, Kind.OFFER)
    assert send(worker, Kind.OFFER, kim)
    (letter,) = receiver.taken
    assert receiver.recipients == [kim.email]
    assert letter["Subject"] == "Would you mentor Mia Tan?"
    assert letter["Message-ID"] == message_id(worker.bot.settings, claimed(row)) == f"<{row.id}@example.org>"
    plain = letter.get_body(("plain",))
    assert plain
    tokens = [line.rpartition("/a/")[2] for line in plain.get_content().splitlines() if "/a/" in line]
    read = [Links.of(worker.bot.settings).read(token, NOON) for token in tokens]
    assert {link.person_id for link in read} == {kim.id}
    assert [link.purpose for link in read] == [
        Purpose.OFFER_ACCEPT,
        Purpose.OFFER_DECLINE,
        Purpose.OFFER_ASK,
        Purpose.PROFILE_VIEW,
        Purpose.PAUSE,
    ]
    assert {link.subject_id for link in read[:4]} == {UUID(row.params["subject"])}


def test_a_letter_goes_to_nobody_whose_business_it_is_not(
    worker: Runtime, receiver: Receiver, units: Units, mia: Person, request_id: UUID
) -> None:
    del request_id
    stranger = make.mentor(units)
    for kind, person in ((Kind.OFFER, mia), (Kind.OFFER, stranger), (Kind.REQUEST_STATUS, stranger)):
        with pytest.raises(NotFound):
            send(worker, kind, person)
    assert receiver.taken == []


def test_what_is_gone_is_not_sent(worker: Runtime, receiver: Receiver, units: Units, mia: Person) -> None:
    with units.work(SYSTEM) as work:
        notify(work, to_person(mia.id), Kind.REQUEST_STATUS, uuid4())
    with pytest.raises(NotFound):
        send(worker, Kind.REQUEST_STATUS, mia)
    assert receiver.taken == []


def test_a_student_is_told_of_each_state_once(
    worker: Runtime, receiver: Receiver, units: Units, mia: Person, request_id: UUID
) -> None:
    with units.work(SYSTEM) as work:
        work.session.execute(
            update(Notification)
            .where(Notification.kind == Kind.REQUEST_STATUS, Notification.updates_id.is_(None))
            .values(state=NotificationState.SENT, channel=Channel.EMAIL, sent_at=NOON)
            .values(params={"subject": str(request_id), "told": "searching"})
        )
    assert send(worker, Kind.REQUEST_STATUS, mia)
    with units.work(SYSTEM) as work:
        redraw(work, Kind.REQUEST_STATUS, request_id)
    assert not send(worker, Kind.REQUEST_STATUS, mia)
    with units.work(member(mia.id)) as work:
        cancel_request(work, request_id)
    assert send(worker, Kind.REQUEST_STATUS, mia)
    assert [letter["Subject"] for letter in receiver.taken] == [
        "One mentor has been asked",
        "Your request for a mentor is cancelled",
    ]


def test_a_mentor_is_told_that_no_answer_is_needed_only_where_the_offer_came_by_letter(
    worker: Runtime, receiver: Receiver, units: Units, mia: Person, kim: Person, request_id: UUID
) -> None:
    assert send(worker, Kind.OFFER, kim)
    with units.work(member(mia.id)) as work:
        cancel_request(work, request_id)
    assert send(worker, Kind.OFFER, kim)
    assert receiver.taken[-1]["Subject"] == "No answer needed for Mia Tan any more"
    assert receiver.taken[-1]["References"] == receiver.taken[0]["References"]
    assert receiver.taken[-1]["Message-ID"] != receiver.taken[0]["Message-ID"]
    with units.work(SYSTEM) as work:
        work.session.execute(update(Notification).values(channel=Channel.SLACK))
    assert not send(worker, Kind.OFFER, kim)


def test_an_offer_that_ended_before_its_letter_is_not_sent(
    worker: Runtime, receiver: Receiver, units: Units, mia: Person, kim: Person, request_id: UUID
) -> None:
    first = latest(units, Kind.OFFER)
    with units.work(member(mia.id)) as work:
        cancel_request(work, request_id)
    with pytest.raises(NothingToSay):
        send_mail(worker, claimed(first), kim.id)
    assert receiver.taken == []


def test_both_sides_are_introduced_and_read_of_each_others_meetings(
    worker: Runtime, receiver: Receiver, units: Units, mia: Person, kim: Person, request_id: UUID
) -> None:
    del request_id
    with units.work(member(kim.id)) as work:
        match_id = accept_offer(work, UUID(latest(units, Kind.OFFER).params["subject"]))
    for person, partner in ((mia, kim), (kim, mia)):
        assert send(worker, Kind.INTRODUCTION, person)
        plain = receiver.taken[-1].get_body(("plain",))
        assert plain
        assert f"E-mail: {partner.email}" in plain.get_content()
    with units.work(member(kim.id)) as work:
        log_meeting(work, HeldMeeting(match_id, NOON.date(), 45, "Video"))
    assert not send(worker, Kind.MEETING_LOGGED, kim)
    assert send(worker, Kind.MEETING_LOGGED, mia)
    assert receiver.taken[-1]["References"] == receiver.taken[0]["References"]


def test_a_person_without_an_address_cannot_be_written_to(
    worker: Runtime, receiver: Receiver, units: Units, kim: Person, request_id: UUID
) -> None:
    del request_id
    with units.work(SYSTEM) as work:
        work.session.execute(update(User).where(User.id == kim.id).values(email=None))
    with pytest.raises(Failure) as failure:
        send(worker, Kind.OFFER, kim)
    assert failure.value.meaning is Meaning.PERSON
    assert receiver.taken == []


def test_after_an_unknown_outcome_the_same_letter_goes_out_under_the_same_id(
    worker: Runtime, receiver: Receiver, kim: Person, request_id: UUID
) -> None:
    del request_id
    receiver.answers["content"] = DROP
    with pytest.raises(Failure) as failure:
        send(worker, Kind.OFFER, kim)
    assert failure.value.meaning is Meaning.UNKNOWN
    receiver.answers.clear()
    assert send(worker, Kind.OFFER, kim)
    first, again = receiver.taken
    assert first["Message-ID"] == again["Message-ID"]
    assert first.get_body(("plain",)).get_content() == again.get_body(("plain",)).get_content()  # type: ignore[union-attr]
