"""Mentors whom Slack refuses: marked, and no student waits for them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from core.models import Match, Notification, Offer, Profile, Request, User
from core.notifications import Kind
from core.rules.errors import DomainError
from core.rules.mentoring import PAUSE
from core.rules.offers import OfferState
from core.rules.requests import RequestState
from core.rules.roles import PersonState
from core.services.offers import accept_offer
from core.services.people import Person
from core.services.refused import MovedOn, account_closed, moved_on, shut_out
from core.uow import SYSTEM, Units, Work, member
from tests.conftest import NOON
from tests.support import factories as make

Refused = Callable[[Work, UUID, str], None]
BOTH: list[Refused] = [account_closed, shut_out]


def refuse(units: Units, how: Refused, person: Person) -> None:
    with units.work(SYSTEM) as work:
        how(work, person.id, "a_code")


def told(units: Units) -> list[MovedOn]:
    """What mentors are told, as it is drawn now."""
    with units.read(SYSTEM) as reading:
        letters = reading.session.scalars(
            select(Notification.subject_id).where(Notification.kind == Kind.OFFERS_MOVED_ON).order_by(Notification.id)
        )
        return [moved_on(reading, profile_id) for profile_id in letters if profile_id]


@pytest.mark.parametrize("how", BOTH)
def test_all_their_students_are_named_in_one_letter(units: Units, how: Refused) -> None:
    kim, lee = make.mentor(units), make.mentor(units)
    make.wave(units, make.request(units, make.student(units, "Mia Tan")), kim)
    make.wave(units, make.request(units, make.student(units, "Noor Haddad")), kim, lee)
    refuse(units, how, kim)
    refuse(units, how, kim)
    (letter,) = told(units)
    assert letter.students == ("Mia Tan", "Noor Haddad")
    with units.read(SYSTEM) as reading:
        assert reading.session.get_one(User, kim.id).slack_refused == "a_code"
        still_open = reading.session.scalars(select(Offer.mentor_id).where(Offer.state == OfferState.OPEN)).all()
    assert still_open == [lee.id]


def test_who_left_is_not_paused_and_who_is_shut_out_is_for_a_month(units: Units) -> None:
    kim, lee = make.mentor(units), make.mentor(units)
    make.wave(units, make.request(units, make.student(units)), kim, lee)
    refuse(units, account_closed, kim)
    refuse(units, shut_out, lee)
    assert [(one.has_left, one.paused_until) for one in told(units)] == [(True, None), (False, NOON + PAUSE)]
    with units.read(SYSTEM) as reading:
        states = [reading.session.get_one(User, one.id).state for one in (kim, lee)]
    assert states == [PersonState.LEFT, PersonState.ACTIVE]


def test_a_longer_pause_of_their_own_stays(units: Units) -> None:
    kim, until = make.mentor(units), NOON + timedelta(days=90)
    make.wave(units, make.request(units, make.student(units)), kim)
    with units.work(SYSTEM) as work:
        make.profile_row(work, kim).paused_until = until
    refuse(units, shut_out, kim)
    assert [one.paused_until for one in told(units)] == [until]


def test_who_is_asked_nothing_is_only_marked(units: Units) -> None:
    kim, mia = make.mentor(units), make.student(units)
    for person in (kim, mia):
        refuse(units, shut_out, person)
    assert told(units) == []
    with units.read(SYSTEM) as reading:
        assert reading.session.scalar(select(func.count(Profile.id)).where(Profile.paused_until.is_not(None))) == 0
        assert set(reading.session.scalars(select(User.slack_refused))) == {"a_code"}


def test_a_student_whose_account_is_closed_has_their_request_cancelled(units: Units) -> None:
    mia = make.student(units)
    request_id = make.request(units, mia)
    refuse(units, account_closed, mia)
    with units.read(SYSTEM) as reading:
        assert reading.session.get_one(Request, request_id).state is RequestState.CANCELLED
    assert told(units) == []


@pytest.mark.parametrize("how", BOTH)
def test_refused_and_accepted_at_once_ends_in_one_of_the_two(units: Units, how: Refused) -> None:
    kim, lee = make.mentor(units), make.mentor(units)
    request_id = make.request(units, make.student(units))
    make.wave(units, request_id, kim, lee)
    with units.read(SYSTEM) as reading:
        offer_id = reading.session.scalars(select(Offer.id).where(Offer.mentor_id == kim.id)).one()

    def accept() -> None:
        with suppress(DomainError), units.work(member(kim.id)) as work:
            accept_offer(work, offer_id)

    with ThreadPoolExecutor(8) as pool:
        for under_way in [pool.submit(what) for what in [lambda: refuse(units, how, kim), accept] * 4]:
            under_way.result()
    with units.read(SYSTEM) as reading:
        state = reading.session.get_one(Offer, offer_id).state
        matches = reading.session.scalar(select(func.count(Match.id)))
        assert reading.session.get_one(User, kim.id).slack_refused == "a_code"
    assert (state, matches, len(told(units))) in [(OfferState.ACCEPTED, 1, 0), (OfferState.WITHDRAWN, 0, 1)]
