"""What matching reads of requests and mentors."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from core.models import Block, Offer, Profile, User
from core.rules.errors import NotFound
from core.rules.matches import MatchState
from core.rules.offers import DeclineReason, OfferState
from core.rules.wishes import MustShare, Wish
from core.services.candidates import mentor_facts, request_facts
from core.services.people import Person
from core.services.requests import cancel_request
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON
from tests.support import factories


@pytest.fixture
def asking(units: Units) -> Person:
    return factories.student(units)


def excluded(units: Units, request_id: UUID) -> frozenset[UUID]:
    with units.read(SYSTEM) as reading:
        return request_facts(reading, request_id).excluded


def answered(units: Units, state: OfferState, reason: DeclineReason | None = None) -> None:
    with units.work(SYSTEM) as work:
        work.session.execute(update(Offer).values(state=state, decline_reason=reason))


def test_a_request_is_read_with_its_student(units: Units, asking: Person) -> None:
    wish = Wish("A plan", (MustShare.LANGUAGE,), "In the evening")
    request = factories.request(units, asking, wish)
    with units.read(SYSTEM) as reading:
        facts = request_facts(reading, request)
    assert (facts.wish, facts.anything_else, facts.must_share) == ("A plan", "In the evening", ("language",))
    assert facts.student.user_id == asking.id
    assert facts.student.tz == "Europe/Amsterdam"
    assert facts.student.skills == factories.STUDENT.skills
    assert facts.excluded == frozenset()


def test_an_unknown_request_is_not_found(units: Units) -> None:
    with units.read(SYSTEM) as reading, pytest.raises(NotFound):
        request_facts(reading, uuid4())


def test_blocks_exclude_either_way(units: Units, asking: Person) -> None:
    by_student, by_mentor = factories.mentor(units), factories.mentor(units)
    with units.work(SYSTEM) as work:
        work.session.add(Block(user_id=asking.id, other_id=by_student.id))
        work.session.add(Block(user_id=by_mentor.id, other_id=asking.id))
    assert excluded(units, factories.request(units, asking)) == {by_student.id, by_mentor.id}


@pytest.mark.parametrize("state", [state for state in OfferState if state is not OfferState.WITHDRAWN])
def test_who_was_asked_in_this_request_is_not_asked_again(units: Units, asking: Person, state: OfferState) -> None:
    mentor, request = factories.mentor(units), factories.request(units, asking)
    factories.wave(units, request, mentor)
    answered(units, state, DeclineReason.NO_TIME if state is OfferState.DECLINED else None)
    assert excluded(units, request) == {mentor.id}


def test_an_offer_taken_back_was_no_answer(units: Units, asking: Person) -> None:
    mentor, request = factories.mentor(units), factories.request(units, asking)
    factories.wave(units, request, mentor)
    answered(units, OfferState.WITHDRAWN)
    assert excluded(units, request) == frozenset()


@pytest.mark.parametrize("reason", DeclineReason)
def test_a_no_for_good_outlasts_the_request_and_a_lack_of_time_does_not(
    units: Units, asking: Person, reason: DeclineReason
) -> None:
    mentor, request = factories.mentor(units), factories.request(units, asking)
    factories.wave(units, request, mentor)
    answered(units, OfferState.DECLINED, reason)
    with units.work(member(asking.id)) as work:
        cancel_request(work, request)
    lasting = {mentor.id} if reason is not DeclineReason.NO_TIME else set()
    assert excluded(units, factories.request(units, asking)) == lasting


@pytest.mark.parametrize("state", [MatchState.ACTIVE, MatchState.ENDED])
def test_a_mentor_of_this_student_is_not_asked_again(units: Units, asking: Person, state: MatchState) -> None:
    mentor = factories.mentor(units)
    factories.match(units, asking, mentor, state=state, ended_at=None if state is MatchState.ACTIVE else NOON)
    assert excluded(units, factories.request(units, asking)) == {mentor.id}


def test_a_mentor_is_read_with_room_pause_and_open_offers(units: Units, asking: Person) -> None:
    mentor = factories.mentor(units, max_mentees=3)
    factories.wave(units, factories.request(units, asking), mentor)
    with units.work(SYSTEM) as work:
        until = work.now + timedelta(days=1)
        work.session.execute(update(Profile).where(Profile.user_id == mentor.id).values(paused_until=until))
    with units.read(SYSTEM) as reading:
        facts = mentor_facts(reading, [mentor.id])[mentor.id]
    assert (facts.max_mentees, facts.current_mentees, facts.open_offers) == (3, 0, 1)
    assert facts.paused_until == until
    answered(units, OfferState.EXPIRED)
    with units.read(SYSTEM) as reading:
        assert mentor_facts(reading, [mentor.id])[mentor.id].open_offers == 0


def test_facts_are_fresh_even_where_a_session_holds_older_ones(units: Units) -> None:
    mentor = factories.mentor(units, max_mentees=1)
    with units.work(SYSTEM) as work:
        held = work.session.scalars(select(Profile).where(Profile.user_id == mentor.id)).one()
        with units.work(SYSTEM) as other:
            other.session.execute(update(Profile).values(max_mentees=5))
        assert mentor_facts(work, [mentor.id])[mentor.id].max_mentees == 5
        assert held.max_mentees == 1


def test_students_and_former_mentors_are_no_mentors(units: Units, asking: Person) -> None:
    former, mentor = factories.mentor(units), factories.mentor(units)
    with units.work(SYSTEM) as work:
        work.session.execute(update(User).where(User.id == former.id).values(roles=[]))
    with units.read(SYSTEM) as reading:
        found = mentor_facts(reading, [asking.id, former.id, mentor.id, uuid4()])
        assert found.keys() == {mentor.id}
