"""No mentor ever stands in more open offers than twice their free places, whatever happens at the same moment."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from core.models import Batch, Offer, Request
from core.rules.offers import BatchState, DeclineReason, OfferState
from core.rules.requests import RequestState
from core.services.offers import accept_offer, decline_offer
from core.services.people import Person
from core.services.profiles import save_profile
from core.services.requests import cancel_request
from core.services.waves import open_wave
from core.uow import SYSTEM, Units, member
from tests.support import factories as make
from tests.support.exposure import as_things_stand, watched


def offers_of(units: Units, mentor: Person) -> list[UUID]:
    with units.read(SYSTEM) as reading:
        mine = select(Offer.id).where(Offer.mentor_id == mentor.id, Offer.state == OfferState.OPEN)
        return list(reading.session.scalars(mine.order_by(Offer.id)))


def ask(units: Units, request_id: UUID, mentors: Sequence[Person]) -> None:
    """Offer a request to these mentors, if they may be asked about it now."""
    with as_things_stand(), units.work(SYSTEM) as work:
        open_wave(work, request_id, [make.proposal(mentor.id) for mentor in mentors], make.PROVENANCE)


def test_of_many_waves_at_once_only_as_many_go_out_as_the_mentors_can_take(units: Units) -> None:
    mentors = [make.mentor(units, max_mentees=2) for _ in range(3)]
    requests = [make.request(units, make.student(units)) for _ in range(12)]

    with watched(units):
        with ThreadPoolExecutor(12) as pool:
            list(pool.map(lambda request_id: ask(units, request_id, mentors), requests))
        for request_id in requests:  # those who had to wait too long
            ask(units, request_id, mentors)
    assert [len(offers_of(units, mentor)) for mentor in mentors] == [4, 4, 4]


def test_answers_waves_and_cancellations_at_once_never_break_the_rule_and_never_lock_up(units: Units) -> None:
    mentors = [make.mentor(units, max_mentees=2) for _ in range(4)]
    students = [make.student(units) for _ in range(12)]
    requests = {make.request(units, student): student for student in students}

    def live(number: int) -> None:
        request_id, student = list(requests.items())[number % len(requests)]
        mentor = mentors[number % len(mentors)]
        with as_things_stand():
            match number % 5:
                case 0 | 1 | 2:
                    ask(units, request_id, [mentors[(number + step) % 4] for step in range(3)])
                case 3:
                    for offer_id in offers_of(units, mentor)[-1:]:
                        with units.work(member(mentor.id)) as work:
                            accept_offer(work, offer_id)
                case _ if number % 2:
                    for offer_id in offers_of(units, mentor)[:1]:
                        with units.work(member(mentor.id)) as work:
                            decline_offer(work, offer_id, DeclineReason.NO_TIME)
                case _:
                    with units.work(member(student.id)) as work:
                        cancel_request(work, request_id)

    with watched(units), ThreadPoolExecutor(16) as pool:
        list(pool.map(live, range(160)))
    with units.read(SYSTEM) as reading:
        asked = set(reading.session.scalars(select(Offer.request_id).where(Offer.state == OfferState.OPEN)))
        offered = set(reading.session.scalars(select(Request.id).where(Request.state == RequestState.OFFERED)))
        waves = set(reading.session.scalars(select(Batch.request_id).where(Batch.state == BatchState.OPEN)))
    assert asked == offered == waves


def test_who_wants_fewer_mentees_keeps_the_oldest_offers(units: Units) -> None:
    mentor = make.mentor(units, max_mentees=2)
    requests = [make.request(units, make.student(units)) for _ in range(4)]
    for request_id in requests:
        make.wave(units, request_id, mentor)
    before = offers_of(units, mentor)
    with watched(units), units.work(member(mentor.id)) as work:
        save_profile(work, mentor.id, replace(make.MENTOR, max_mentees=1))
    assert offers_of(units, mentor) == before[:2]
    with units.read(SYSTEM) as reading:
        states = [reading.session.get_one(Request, request_id).state for request_id in requests]
    assert states == [RequestState.OFFERED] * 2 + [RequestState.SEARCHING] * 2


def test_a_wave_in_which_somebody_else_is_still_asked_goes_on(units: Units) -> None:
    mentor, other = make.mentor(units, max_mentees=1), make.mentor(units)
    first, second = (make.request(units, make.student(units)) for _ in range(2))
    make.wave(units, first, mentor)
    make.wave(units, second, mentor, other)
    with units.work(member(mentor.id)) as work:
        accept_offer(work, offers_of(units, mentor)[0])
    with units.read(SYSTEM) as reading:
        assert reading.session.get_one(Request, second).state is RequestState.OFFERED
    assert (len(offers_of(units, mentor)), len(offers_of(units, other))) == (0, 1)


def test_many_yeses_of_one_mentor_at_once_with_new_offers_arriving(units: Units) -> None:
    """Locks are taken in one order even where an offer arrives while they are being taken."""
    mentor = make.mentor(units, max_mentees=3)
    requests = [make.request(units, make.student(units)) for _ in range(18)]
    for request_id in requests[:4]:
        make.wave(units, request_id, mentor)

    def accept_all() -> None:
        for offer_id in offers_of(units, mentor):
            with as_things_stand(), units.work(member(mentor.id)) as work:
                accept_offer(work, offer_id)

    def act(number: int) -> None:
        if number % 3:
            ask(units, requests[4 + number % 14], [mentor])
        else:
            accept_all()

    with watched(units):
        with ThreadPoolExecutor(12) as pool:
            list(pool.map(act, range(60)))
        accept_all()  # what had to wait too long
    with units.read(SYSTEM) as reading:
        assert make.profile_row(reading, mentor).current_mentees == 3
    assert offers_of(units, mentor) == []


@pytest.mark.parametrize("places", [1, 2])
def test_a_full_mentor_stands_in_no_offer(units: Units, places: int) -> None:
    mentor = make.mentor(units, max_mentees=places)
    for _ in range(2 * places):
        make.wave(units, make.request(units, make.student(units)), mentor)
    with watched(units):
        for _ in range(places):
            with units.work(member(mentor.id)) as work:
                accept_offer(work, offers_of(units, mentor)[0])
    assert offers_of(units, mentor) == []
