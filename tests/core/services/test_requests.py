"""Requests: one open at a time, and a next step with a date at every moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from core.models import Notification, Offer, Profile, Request
from core.notifications import Kind
from core.queue import Job
from core.rules.errors import DomainError, InvalidFields, NotFound
from core.rules.facts import Proposal
from core.rules.offers import OfferState
from core.rules.requests import EditedOften, NextStep, RequestAlreadyOpen, RequestClosed, RequestState
from core.rules.wishes import MustShare, Wish
from core.services.due import expire_offers, searches
from core.services.requests import NoProfile, cancel_request, edit_request, request_mentor
from core.services.standing import status
from core.services.waves import OutOfDate, open_wave
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON, later
from tests.support import factories as make
from tests.support.factories import WISH
from tests.support.queues import Recorded


def test_a_request_is_stored_told_and_searched_for(units: Units, queue: Recorded) -> None:
    student = make.student(units)
    wish = Wish(" A plan. ", (MustShare.LANGUAGE,), "\x07Thanks")
    request_id = make.request(units, student, wish)
    with units.read(member(student.id)) as reading:
        found = status(reading, request_id)
    assert found.wish == Wish("A plan.", (MustShare.LANGUAGE,), "Thanks")
    assert (found.state, found.next_step) == (RequestState.SEARCHING, NextStep.SEARCH)
    assert found.next_step_at is not None
    assert (Job.MATCH_REQUEST, (str(request_id),)) in queue.jobs


def test_a_second_request_is_refused_with_the_first_ones_id(units: Units) -> None:
    student = make.student(units)
    first = make.request(units, student)
    with pytest.raises(RequestAlreadyOpen) as refusal:
        make.request(units, student)
    assert refusal.value.facts == {"request_id": first}


def test_of_many_requests_at_once_one_is_taken(units: Units) -> None:
    student = make.student(units)

    def ask(_: int) -> str:
        try:
            make.request(units, student)
        except DomainError as refusal:
            return refusal.code
        return "taken"

    with ThreadPoolExecutor(12) as pool:
        outcomes = list(pool.map(ask, range(12)))
    assert sorted(outcomes) == ["request_already_open"] * 11 + ["taken"]


def test_who_has_no_profile_is_asked_for_one_first(units: Units) -> None:
    person = make.person(units)
    with pytest.raises(NoProfile):
        make.request(units, person)


def test_an_empty_wish_is_refused_at_its_field(units: Units) -> None:
    student = make.student(units)
    with pytest.raises(InvalidFields) as refusal, units.work(member(student.id)) as work:
        request_mentor(work, student.id, Wish(" \n"))
    assert set(refusal.value.problems) == {"wish"}


def test_cancelling_withdraws_every_open_offer(units: Units) -> None:
    student, mentors = make.student(units), [make.mentor(units) for _ in range(3)]
    request_id = make.request(units, student)
    make.wave(units, request_id, *mentors)
    with units.work(member(student.id)) as work:
        cancel_request(work, request_id)
    with units.read(SYSTEM) as reading:
        assert set(reading.session.scalars(select(Offer.state))) == {OfferState.WITHDRAWN}
        changes = reading.session.scalars(
            select(Notification).where(Notification.updates_id.is_not(None), Notification.kind == Kind.OFFER)
        ).all()
        assert {change.recipient_id for change in changes} == {mentor.id for mentor in mentors}
    with pytest.raises(RequestClosed), units.work(member(student.id)) as work:
        cancel_request(work, request_id)


def test_editing_withdraws_offers_and_searches_anew(units: Units, queue: Recorded) -> None:
    student, mentor = make.student(units), make.mentor(units)
    request_id = make.request(units, student)
    make.wave(units, request_id, mentor)
    queue.jobs.clear()
    with units.work(member(student.id)) as work:
        edit_request(work, request_id, Wish("Something else."))
    with units.read(member(student.id)) as reading:
        found = status(reading, request_id)
    assert (found.state, found.wish.wish) == (RequestState.SEARCHING, "Something else.")
    assert queue.of(Job.MATCH_REQUEST) == [(str(request_id),)]


def test_the_same_mentors_can_be_asked_again_after_any_number_of_edits_but_twice_a_day(units: Units) -> None:
    student, mentor = make.student(units), make.mentor(units)
    request_id = make.request(units, student)
    for number in range(6):
        moment = later(units, NOON + timedelta(hours=24 * (number // 2) + number))
        make.wave(moment, request_id, mentor)
        with moment.work(member(student.id)) as work:
            assert status(work, request_id).wave == 1
            edit_request(work, request_id, Wish(f"Version {number}."))


def test_a_third_edit_within_a_day_is_refused_once_mentors_are_asked(units: Units) -> None:
    student, mentor = make.student(units), make.mentor(units)
    request_id = make.request(units, student)
    for _ in range(2):
        make.wave(units, request_id, mentor)
        with units.work(member(student.id)) as work:
            edit_request(work, request_id, WISH)
            edit_request(work, request_id, WISH)  # nobody is asked yet, so this costs nobody's attention
    make.wave(units, request_id, mentor)
    with pytest.raises(EditedOften) as refusal, units.work(member(student.id)) as work:
        edit_request(work, request_id, Wish("Once more."))
    assert refusal.value.facts == {"again_at": NOON + timedelta(hours=24)}
    with units.read(member(student.id)) as reading:
        assert status(reading, request_id).state is RequestState.OFFERED


def test_an_edit_after_the_last_wave_is_for_staff_to_read(units: Units) -> None:
    student = make.student(units)
    request_id = make.request(units, student)
    for wave in range(3):
        moment = later(units, NOON + timedelta(days=4 * wave))
        make.wave(moment, request_id, make.mentor(units))
        with later(units, NOON + timedelta(days=4 * wave + 3, seconds=1)).work(SYSTEM) as work:
            expire_offers(work, request_id)
    with units.work(member(student.id)) as work:
        edit_request(work, request_id, Wish("Anybody who knows the field."))
        found = status(work, request_id)
    assert (found.state, found.wish.wish) == (RequestState.STAFF, "Anybody who knows the field.")


def changes_of_card(units: Units, request_id: UUID) -> int:
    with units.read(SYSTEM) as reading:
        changes = Notification.kind == Kind.REQUEST_STATUS, Notification.updates_id.is_not(None)
        theirs = select(Notification.id).where(Notification.subject_id == request_id, *changes)
        return len(reading.session.scalars(theirs).all())


@pytest.mark.parametrize("state", [RequestState.SEARCHING, RequestState.STAFF])
def test_the_card_shows_what_is_asked_for_now(units: Units, queue: Recorded, state: RequestState) -> None:
    student = make.student(units)
    request_id = make.request(units, student)
    with units.work(SYSTEM) as work:
        work.session.get_one(Request, request_id).state = state
    before = changes_of_card(units, request_id)
    queue.jobs.clear()
    with units.work(member(student.id)) as work:
        edit_request(work, request_id, Wish("Something else."))
    assert changes_of_card(units, request_id) == before + 1
    assert queue.of(Job.REFRESH_HOME) == [(str(student.id),)]


def test_nobody_touches_another_students_request(units: Units) -> None:
    request_id, stranger = make.request(units, make.student(units)), make.student(units)
    with pytest.raises(NotFound), units.work(member(stranger.id)) as work:
        cancel_request(work, request_id)
    with pytest.raises(NotFound), units.read(member(stranger.id)) as reading:
        status(reading, request_id)


def test_the_student_sees_how_many_were_asked_but_not_who(units: Units) -> None:
    student, mentors = make.student(units), [make.mentor(units, f"Secret {n}") for n in range(3)]
    request_id = make.request(units, student)
    make.wave(units, request_id, *mentors)
    with units.read(member(student.id)) as reading:
        found = status(reading, request_id)
    assert (found.asked, found.cannot, found.mentor_name) == (3, 0, None)


def test_with_nobody_to_ask_the_request_waits_and_is_tried_again(units: Units) -> None:
    student = make.student(units)
    request_id = make.request(units, student)
    with units.work(SYSTEM) as work:
        assert not open_wave(work, request_id, [], make.PROVENANCE)
    with units.read(member(student.id)) as reading:
        found = status(reading, request_id)
    assert (found.state, found.next_step) == (RequestState.WAITING, NextStep.RETRY)
    assert found.next_step_at is not None
    with later(units, found.next_step_at).read(SYSTEM) as reading:
        assert searches(reading) == [request_id]


def test_a_search_that_was_never_begun_is_found_by_the_sweep(units: Units) -> None:
    request_id = make.request(units, make.student(units))
    with units.read(SYSTEM) as reading:
        assert searches(reading) == []
    with later(units, NOON + timedelta(minutes=2)).read(SYSTEM) as reading:
        assert searches(reading) == [request_id]


def test_a_mentor_who_paused_after_the_search_is_not_asked(units: Units) -> None:
    request_id, mentor = make.request(units, make.student(units)), make.mentor(units)
    proposals: list[Proposal] = [make.proposal(mentor.id)]
    with units.work(SYSTEM) as work:
        work.session.execute(update(Profile).values(paused_until=NOON + timedelta(days=1)))
    with pytest.raises(OutOfDate), units.work(SYSTEM) as work:
        open_wave(work, request_id, proposals, make.PROVENANCE)


def test_two_searches_for_one_request_make_one_wave(units: Units) -> None:
    request_id, mentors = make.request(units, make.student(units)), [make.mentor(units) for _ in range(3)]
    proposals = [make.proposal(mentor.id) for mentor in mentors]

    def search(_: int) -> bool:
        with units.work(SYSTEM) as work:
            return open_wave(work, request_id, proposals, make.PROVENANCE)

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(search, range(6))) == [False] * 5 + [True]


def test_the_same_tag_in_another_spelling_is_kept_once(units: Units) -> None:
    student = make.student(units, skills=("k8s", "Kubernetes", "Basket weaving"))
    with units.read(member(student.id)) as reading:
        skills = reading.session.scalars(select(Profile.skills)).one()
    assert skills == ["Kubernetes", "Basket weaving"]
