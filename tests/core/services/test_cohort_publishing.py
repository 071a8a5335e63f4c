"""A matched intake is published: once, whatever happens at the same moment, and only what still holds."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from core.models import Batch, Match, Notification, Offer, Profile, Request, User
from core.notifications import Kind
from core.rules.cohorts import LeftOut, PublishAs
from core.rules.eligibility import Refusal
from core.rules.errors import DomainError
from core.rules.matches import Origin
from core.rules.offers import OFFER_TIME, OfferState
from core.rules.requests import RequestState
from core.rules.roles import PersonState
from core.rules.runs import RunMoved
from core.services.cohort_publishing import PairLeftOut, leave_out, publish, publish_pair, publishing, to_publish
from core.services.cohorts import make_cohort, put_in
from core.services.invariants import broken
from core.services.offers import accept_offer
from core.services.people import Person
from core.services.recent_waves import recent_waves
from core.services.requests import cancel_request
from core.services.waves import open_wave
from core.uow import SYSTEM, Units, admin, member
from tests.conftest import NOON
from tests.support import factories as make
from tests.support.plans import Wish, pairs, plan

WHY = "The spring intake."


@pytest.fixture
def staff(units: Units) -> UUID:
    return make.person(units, "Ada Staff", is_admin=True).id


def wish(units: Units, name: str, *mentors: Person) -> Wish:
    student = make.student(units, name)
    return student, make.request(units, student), mentors


def press(units: Units, staff: UUID, run_id: UUID, how: PublishAs = PublishAs.MATCHES) -> None:
    with units.work(admin(staff)) as work:
        publish(work, run_id, how, WHY)


def work_off(units: Units, run_id: UUID) -> None:
    """What a worker does, without a second look."""
    with units.read(SYSTEM) as reading:
        waiting = to_publish(reading, run_id)
    for pair_id in waiting:
        try:
            with units.work(SYSTEM) as work:
                publish_pair(work, pair_id)
        except PairLeftOut as left_out:
            with units.work(SYSTEM) as work:
                leave_out(work, pair_id, left_out.reasons)


def published(units: Units, staff: UUID, run_id: UUID, how: PublishAs) -> None:
    press(units, staff, run_id, how)
    work_off(units, run_id)
    with units.read(SYSTEM) as reading:
        assert to_publish(reading, run_id) == []
        assert broken(reading) == ()


def rows(units: Units, table: type[Match | Offer | Batch]) -> list[Match | Offer | Batch]:
    with units.read(SYSTEM) as reading:
        return list(reading.session.scalars(select(table)))


def told(units: Units, kind: Kind) -> int:
    with units.read(SYSTEM) as reading:
        first = select(func.count()).where(Notification.kind == kind, Notification.updates_id.is_(None))
        return reading.session.scalar(first) or 0


def set_mentor(units: Units, mentor: Person, **values: object) -> None:
    with units.work(SYSTEM) as work:
        work.session.execute(update(Profile).where(Profile.user_id == mentor.id).values(values))


def test_as_matches_the_pairs_are_introduced(units: Units, staff: UUID) -> None:
    kim = make.mentor(units, "Kim")
    first, second = wish(units, "Mia", kim), wish(units, "Lea", kim)
    with units.work(admin(staff)) as work:
        spring = make_cohort(work, "Spring")
        put_in(work, spring, [first[1], second[1]])
    run_id = plan(units, staff, first, second, cohort_id=spring)
    published(units, staff, run_id, PublishAs.MATCHES)
    with units.read(SYSTEM) as reading:
        matches = reading.session.scalars(select(Match)).all()
        states = set(reading.session.scalars(select(Request.state)))
    assert {(match.student_id, match.mentor_id) for match in matches} == {(first[0].id, kim.id), (second[0].id, kim.id)}
    assert {(match.origin, match.cohort_id, match.score) for match in matches} == {(Origin.COHORT, spring, 80.0)}
    assert states == {RequestState.MATCHED}
    assert told(units, Kind.INTRODUCTION) == 2
    assert {pair.match_id for pair in pairs(units, run_id)} == {match.id for match in matches}


def test_as_offers_each_mentor_is_asked_as_in_a_wave_of_one(units: Units, staff: UUID) -> None:
    kim = make.mentor(units, "Kim")
    mia, request, mentors = wish(units, "Mia", kim)
    run_id = plan(units, staff, (mia, request, mentors))
    published(units, staff, run_id, PublishAs.OFFERS)
    with units.read(SYSTEM) as reading:
        offer = reading.session.scalars(select(Offer)).one()
        batch = reading.session.scalars(select(Batch)).one()
        stored = reading.session.get_one(Request, request)
    assert (offer.mentor_id, offer.state, offer.deadline) == (kim.id, OfferState.OPEN, NOON + OFFER_TIME)
    assert (stored.state, stored.waves_used, batch.wave) == (RequestState.OFFERED, 1, 1)
    assert [kept["user_id"] for kept in batch.inputs["mentors"]] == [str(kim.id)]  # can be computed again
    with units.read(SYSTEM) as reading:
        assert recent_waves(reading) == ()  # other weights are tried on waves that were searched for
    assert pairs(units, run_id)[0].offer_id == offer.id
    with units.work(member(kim.id)) as work:
        accept_offer(work, offer.id)


def test_a_request_that_staff_have_is_asked_about_once_more(units: Units, staff: UUID) -> None:
    kim = make.mentor(units, "Kim")
    mia, request, mentors = wish(units, "Mia", kim)
    with units.work(SYSTEM) as work:
        values = {"state": RequestState.STAFF, "waves_used": 3, "next_step": "staff"}
        work.session.execute(update(Request).where(Request.id == request).values(values))
    published(units, staff, plan(units, staff, (mia, request, mentors)), PublishAs.OFFERS)
    with units.read(SYSTEM) as reading:
        assert reading.session.get_one(Request, request).waves_used == 4


def test_of_many_presses_one_counts(units: Units, staff: UUID) -> None:
    kim = make.mentor(units, "Kim")
    run_id = plan(units, staff, wish(units, "Mia", kim))

    def try_to(number: int) -> str:
        try:
            press(units, staff, run_id, PublishAs.MATCHES if number % 2 else PublishAs.OFFERS)
        except RunMoved:
            return "refused"
        return "published"

    with ThreadPoolExecutor(8) as pool:
        assert Counter(pool.map(try_to, range(8))) == {"published": 1, "refused": 7}


@pytest.mark.parametrize("how", list(PublishAs))
def test_workers_at_the_same_time_bring_each_pair_together_once(units: Units, staff: UUID, how: PublishAs) -> None:
    mentors = [make.mentor(units, max_mentees=3) for _ in range(2)]
    wishes = [wish(units, f"Student {number}", mentors[number % 2]) for number in range(6)]
    run_id = plan(units, staff, *wishes, include_offered=True)
    press(units, staff, run_id, how)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: work_off(units, run_id), range(4)))
    work_off(units, run_id)
    made = rows(units, Match if how is PublishAs.MATCHES else Offer)
    assert len(made) == 6
    assert told(units, Kind.INTRODUCTION if how is PublishAs.MATCHES else Kind.OFFER) == 6
    with units.read(SYSTEM) as reading:
        assert (publishing(reading), broken(reading)) == ([], ())


def test_a_yes_at_the_same_moment_and_the_plan_make_one_match(units: Units, staff: UUID) -> None:
    """The mentor of a wave says yes while the plan brings the student to somebody else: whoever is first counts."""
    for _ in range(3):
        asked, planned = make.mentor(units), make.mentor(units)
        mia, request, mentors = wish(units, "Mia", planned)
        make.wave(units, request, asked)
        run_id = plan(units, staff, (mia, request, mentors), include_offered=True)
        press(units, staff, run_id)
        with units.read(SYSTEM) as reading:
            offer_id = reading.session.scalars(select(Offer.id).where(Offer.request_id == request)).one()

        def say_yes(mentor: Person = asked, offer_id: UUID = offer_id) -> None:
            try:
                with units.work(member(mentor.id)) as work:
                    accept_offer(work, offer_id)
            except DomainError:
                pass

        both: list[Callable[[], None]] = [say_yes, lambda run_id=run_id: work_off(units, run_id)]  # type: ignore[misc]
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda act: act(), both))
        with units.read(SYSTEM) as reading:
            assert reading.session.scalar(select(func.count()).where(Match.request_id == request)) == 1
            assert broken(reading) == ()


def test_what_no_longer_holds_is_left_out_and_the_rest_goes_out(units: Units, staff: UUID) -> None:
    fits, full, paused, left = (make.mentor(units) for _ in range(4))
    good, no_room, a_pause, gone = (
        wish(units, name, mentor) for name, mentor in zip("ABCD", (fits, full, paused, left), strict=True)
    )
    closed, asked = wish(units, "E", fits), wish(units, "F", fits)
    run_id = plan(units, staff, good, no_room, a_pause, gone, closed, asked)
    set_mentor(units, full, max_mentees=0)
    set_mentor(units, paused, paused_until=NOON + timedelta(days=1))
    with units.work(SYSTEM) as work:
        work.session.execute(update(User).where(User.id == left.id).values(state=PersonState.LEFT))
    with units.work(member(closed[0].id)) as work:
        cancel_request(work, closed[1])
    make.wave(units, asked[1], make.mentor(units))
    published(units, staff, run_id, PublishAs.MATCHES)
    why = {pair.student_id: pair.refusals for pair in pairs(units, run_id)}
    assert [why[one[0].id] for one in (good, no_room, a_pause, gone, closed, asked)] == [
        [],
        [Refusal.NO_ROOM],
        [Refusal.PAUSED],
        [Refusal.INACTIVE],
        [LeftOut.CLOSED],
        [LeftOut.ASKED],
    ]
    assert len(rows(units, Match)) == 1


def test_offers_that_are_out_are_taken_back_only_where_the_pair_goes_out(units: Units, staff: UUID) -> None:
    kim, sam, asked = make.mentor(units, "Kim"), make.mentor(units, "Sam"), make.mentor(units, "Asked")
    goes_out, stays = wish(units, "Mia", kim), wish(units, "Lea", sam)
    for one in (goes_out, stays):
        make.wave(units, one[1], asked)
    run_id = plan(units, staff, goes_out, stays, include_offered=True)
    set_mentor(units, sam, max_mentees=0)
    published(units, staff, run_id, PublishAs.OFFERS)
    with units.read(SYSTEM) as reading:
        found = reading.session.execute(select(Offer.student_id, Offer.mentor_id, Offer.state))
        states = {(row.student_id, row.mentor_id): row.state for row in found}
    assert states == {
        (goes_out[0].id, asked.id): OfferState.WITHDRAWN,
        (goes_out[0].id, kim.id): OfferState.OPEN,
        (stays[0].id, asked.id): OfferState.OPEN,
    }


def test_a_match_takes_back_offers_beyond_the_mentors_room(units: Units, staff: UUID) -> None:
    kim = make.mentor(units, "Kim", max_mentees=1)
    for _ in range(2):
        make.wave(units, make.request(units, make.student(units)), kim)
    published(units, staff, plan(units, staff, wish(units, "Mia", kim)), PublishAs.MATCHES)
    with units.read(SYSTEM) as reading:
        assert set(reading.session.scalars(select(Offer.state))) == {OfferState.WITHDRAWN}


def test_no_search_asks_about_a_student_of_a_plan_that_is_going_out(units: Units, staff: UUID) -> None:
    kim, other = make.mentor(units, "Kim"), make.mentor(units, "Other")
    mia, request, mentors = wish(units, "Mia", kim)
    run_id = plan(units, staff, (mia, request, mentors))
    press(units, staff, run_id)
    with units.work(SYSTEM) as work:
        assert not open_wave(work, request, [make.proposal(other.id)], make.PROVENANCE)
    work_off(units, run_id)
    assert len(rows(units, Match)) == 1


def test_who_has_changed_since_is_not_said_to_be_computed_again(units: Units, staff: UUID) -> None:
    kim = make.mentor(units, "Kim")
    mia, request, mentors = wish(units, "Mia", kim)
    run_id = plan(units, staff, (mia, request, mentors))
    set_mentor(units, kim, headline="Somebody else")
    published(units, staff, run_id, PublishAs.OFFERS)
    with units.read(SYSTEM) as reading:
        assert reading.session.scalars(select(Batch)).one().inputs["mentors"] == []
