"""Twenty students, six mentors with two places each, one of them first on everybody's list."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import cast

import pytest
from sqlalchemy import func, select

from bot.context import Bot
from bot.gateway import Gateway
from core.config import Settings
from core.models import Notification, Offer, Request
from core.notifications import Kind
from core.queue import Job
from core.rules.offers import OfferState
from core.rules.requests import RequestState
from core.services.offers import accept_offer
from core.services.people import Person
from core.services.profiles import save_profile
from core.uow import SYSTEM, Units, member
from matching.service import Matcher
from tasks.matching import fill_places, match_request
from tasks.runtime import Runtime
from tasks.tick.inline import Inline
from tests.support import factories as make
from tests.support.encoder import HashEncoder
from tests.support.exposure import watched
from tests.support.factories import MENTOR, STUDENT
from tests.support.slack import ScriptedSlack

JOBS = {Job.MATCH_REQUEST: match_request, Job.FILL_PLACES: fill_places}


class Programme:
    """Six mentors, twenty students, and one matching worker that does what it is asked for."""

    def __init__(self, settings: Settings, units: Units) -> None:
        self.queue = Inline(JOBS)
        self.units = Units(units.engine, self.queue, units.clock)
        bot = Bot(settings, self.units, cast("Gateway", ScriptedSlack()))
        self.runtime = Runtime(bot, lambda made: Matcher(made, HashEncoder()))
        popular = make.mentor(self.units, headline=STUDENT.headline, goals=STUDENT.goals)
        self.mentors = [popular, *(make.mentor(self.units, headline=f"Number {number}") for number in range(5))]
        self.students = [make.student(self.units) for _ in range(20)]

    def work(self) -> None:
        """Do all that is asked for."""
        assert self.queue.run(self.runtime) == 0
        assert self.queue.failed == {}

    def states(self) -> Counter[RequestState]:
        with self.units.read(SYSTEM) as reading:
            return Counter(reading.session.scalars(select(Request.state)))

    def accept_all(self, mentor: Person) -> None:
        """Say yes to whatever is open, as long as there is room."""
        while True:
            with self.units.work(member(mentor.id)) as work:
                open_ = select(Offer.id).where(Offer.mentor_id == mentor.id, Offer.state == OfferState.OPEN)
                offer_id = work.session.scalar(open_.order_by(Offer.id).limit(1))
                if offer_id is None:
                    return
                accept_offer(work, offer_id)
            self.work()

    def messages(self) -> int:
        """Status cards posted and drawn again."""
        with self.units.read(SYSTEM) as reading:
            cards = select(func.count()).where(Notification.kind == Kind.REQUEST_STATUS)
            return reading.session.scalars(cards).one()


@pytest.fixture
def programme(settings: Settings, units: Units) -> Programme:
    return Programme(settings, units)


def test_the_waiting_list_empties_by_itself_and_nobody_is_flooded(programme: Programme) -> None:
    with watched(programme.units):
        with ThreadPoolExecutor(5) as pool:
            list(pool.map(lambda student: make.request(programme.units, student), programme.students))
        programme.work()
        # six mentors × two places × two offers each make eight waves of three
        assert programme.states() == {RequestState.OFFERED: 8, RequestState.WAITING: 12}
        for mentor in programme.mentors:
            programme.accept_all(mentor)
        assert programme.states() == {RequestState.MATCHED: 12, RequestState.WAITING: 8}
        for mentor in programme.mentors[:4]:
            with programme.units.work(member(mentor.id)) as work:
                save_profile(work, mentor.id, replace(MENTOR, max_mentees=4))
            programme.work()
        assert programme.states()[RequestState.WAITING] == 0
        for mentor in programme.mentors:
            programme.accept_all(mentor)
        assert programme.states() == {RequestState.MATCHED: 20}


def test_places_go_to_who_asked_first(programme: Programme) -> None:
    requests = [make.request(programme.units, student) for student in programme.students]
    programme.work()
    with programme.units.read(SYSTEM) as reading:
        waiting = select(Request.id).where(Request.state == RequestState.WAITING).order_by(Request.id)
        line = reading.session.scalars(waiting).all()
    assert line == requests[8:]
    joins = make.mentor(programme.units, max_mentees=1)
    programme.work()
    with programme.units.read(SYSTEM) as reading:
        asked = select(Offer.request_id).where(Offer.mentor_id == joins.id).order_by(Offer.request_id)
        assert reading.session.scalars(asked).all() == line[:2]


def test_who_waits_hears_nothing_while_others_are_tried_in_vain(programme: Programme) -> None:
    for student in programme.students:
        make.request(programme.units, student)
    programme.work()
    before = programme.messages()
    for mentor in programme.mentors:
        fill_places(programme.runtime, mentor.id)
    programme.work()
    assert programme.messages() == before
