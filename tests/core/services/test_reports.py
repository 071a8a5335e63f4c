"""The programme in figures."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from core.models import Offer, Profile, Request, User
from core.rules.requests import RequestState
from core.rules.roles import PersonState
from core.services.offers import accept_offer
from core.services.people import Person
from core.services.reports import Stats, stats
from core.services.requests import cancel_request
from core.uow import SYSTEM, Units, admin, member
from tests.conftest import NOON, later
from tests.support import factories as make


def figures(units: Units) -> Stats:
    with units.read(admin(make.person(units).id)) as reading:
        return stats(reading)


def matched(units: Units, mentor: Person, hours: float) -> UUID:
    """A match that this mentor made so many hours after the request."""
    student = make.student(units)
    request_id = make.request(units, student)
    make.wave(units, request_id, mentor)
    with units.work(SYSTEM) as work:
        asked = timedelta(hours=hours)
        work.session.execute(
            update(Request).where(Request.id == request_id).values(created_at=Request.created_at - asked)
        )
        offer_id = work.session.scalars(select(Offer.id).where(Offer.request_id == request_id)).one()
    with units.work(member(mentor.id)) as work:
        return accept_offer(work, offer_id)


def test_an_empty_programme_has_no_figures(units: Units) -> None:
    assert figures(units) == Stats(0, 0, 0, 0, 0, 0, 0, None)


def test_people_places_requests_and_matches_are_counted(units: Units) -> None:
    mentor = make.mentor(units, max_mentees=3)
    make.mentor(units, max_mentees=1)
    matched(units, mentor, hours=1)
    make.request(units, make.student(units))
    waiting, cancelled = make.request(units, make.student(units)), make.student(units)
    with units.work(member(cancelled.id)) as work:
        cancel_request(work, make.request(units, cancelled))
    with units.work(SYSTEM) as work:
        work.session.execute(update(Request).where(Request.id == waiting).values(state=RequestState.WAITING))

    found = figures(units)

    assert (found.students, found.mentors) == (4, 2)
    assert found.free_places == 3
    assert (found.open_requests, found.waiting, found.with_staff) == (2, 1, 0)
    assert found.live_matches == 1


def test_places_of_paused_mentors_are_not_free_until_the_pause_ends(units: Units) -> None:
    mentor = make.mentor(units, max_mentees=2)
    with units.work(SYSTEM) as work:
        until = NOON + timedelta(days=1)
        work.session.execute(update(Profile).where(Profile.user_id == mentor.id).values(paused_until=until))

    assert figures(units).free_places == 0
    assert figures(later(units, NOON + timedelta(days=2))).free_places == 2


def test_people_who_left_are_not_counted(units: Units) -> None:
    mentor = make.mentor(units)
    with units.work(SYSTEM) as work:
        work.session.execute(update(User).where(User.id == mentor.id).values(state=PersonState.LEFT))

    assert (figures(units).mentors, figures(units).free_places) == (0, 0)


def test_the_median_is_the_middle_of_all_waits(units: Units) -> None:
    mentor = make.mentor(units, max_mentees=5)
    for hours in (1, 100, 10):
        matched(units, mentor, hours)

    found = figures(units).hours_to_match

    assert found is not None
    assert round(found) == 10
