"""Answers to offers: one yes wins, capacity holds, and everybody else learns how it stands."""

from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from core.models import Batch, Match, Notification, Offer, Profile, Request
from core.notifications import Kind
from core.queue import Job
from core.rules.errors import DomainError, InvalidFields, NotFound
from core.rules.offers import OFFER_TIME, BatchState, DeclineReason, NoRoom, OfferClosed, OfferState
from core.rules.requests import RequestState
from core.services.due import expire_offers, offers_over
from core.services.offers import accept_offer, decline_offer, offer_card
from core.services.people import Person
from core.services.requests import cancel_request
from core.services.waves import OutOfDate
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON, later
from tests.support import factories as make
from tests.support.queues import Recorded


def offer_of(units: Units, mentor: Person) -> UUID:
    with units.read(SYSTEM) as reading:
        statement = select(Offer.id).where(Offer.mentor_id == mentor.id).order_by(Offer.id.desc())
        return reading.session.scalars(statement).first() or UUID(int=0)


def accept(units: Units, mentor: Person, offer_id: UUID | None = None) -> UUID:
    with units.work(member(mentor.id)) as work:
        return accept_offer(work, offer_id or offer_of(units, mentor))


def states(units: Units) -> Counter[OfferState]:
    with units.read(SYSTEM) as reading:
        return Counter(reading.session.scalars(select(Offer.state)))


def all_of(units: Units, column: object) -> list[object]:
    with units.read(SYSTEM) as reading:
        return list(reading.session.scalars(select(column)))  # type: ignore[call-overload]


def test_the_first_yes_makes_the_match_and_closes_the_rest(units: Units, queue: Recorded) -> None:
    student, mentors = make.student(units), [make.mentor(units) for _ in range(3)]
    request_id = make.request(units, student)
    make.wave(units, request_id, *mentors)
    queue.jobs.clear()
    match_id = accept(units, mentors[1])
    assert states(units) == {OfferState.ACCEPTED: 1, OfferState.TAKEN: 2}
    with units.read(SYSTEM) as reading:
        request = reading.session.get_one(Request, request_id)
        batch = reading.session.scalars(select(Batch)).one()
        match = reading.session.get_one(Match, match_id)
        introductions = reading.session.scalars(
            select(Notification).where(Notification.kind == Kind.INTRODUCTION)
        ).all()
        changed = select(Notification).where(Notification.updates_id.is_not(None))
        changes = len(reading.session.scalars(changed).all())
    assert (request.state, request.next_step_at, request.closed_at) == (RequestState.MATCHED, None, NOON)
    assert (batch.state, batch.selected_mentor_id) == (BatchState.ACCEPTED, mentors[1].id)
    assert (match.student_id, match.mentor_id, match.score) == (student.id, mentors[1].id, 80)
    assert [one.match_id for one in introductions] == [match_id]
    drawn_again = len(mentors) + 2  # each mentor's card, and the student's: offered, then matched
    assert changes == drawn_again
    assert queue.of(Job.DELIVER) == [()]


def test_the_card_of_who_said_yes_changes_before_anybody_is_told(units: Units) -> None:
    mentors = [make.mentor(units) for _ in range(2)]
    make.wave(units, make.request(units, make.student(units)), *mentors)
    before = len(all_of(units, Notification.id))
    accept(units, mentors[1])
    with units.read(SYSTEM) as reading:
        told = reading.session.scalars(select(Notification).order_by(Notification.not_before, Notification.id)).all()
    assert (told[before].kind, told[before].recipient_id) == (Kind.OFFER, mentors[1].id)
    assert Kind.INTRODUCTION in [one.kind for one in told[before + 1 :]]


def test_a_second_yes_is_told_that_the_student_has_a_mentor(units: Units) -> None:
    mentors = [make.mentor(units) for _ in range(2)]
    make.wave(units, make.request(units, make.student(units)), *mentors)
    accept(units, mentors[0])
    with pytest.raises(OfferClosed) as late:
        accept(units, mentors[1])
    assert late.value.facts == {"state": OfferState.TAKEN}
    with pytest.raises(OfferClosed) as again:
        accept(units, mentors[0])
    assert again.value.facts == {"state": OfferState.ACCEPTED}


def test_nobody_answers_somebody_elses_offer(units: Units) -> None:
    mentor, stranger, student = make.mentor(units), make.mentor(units), make.student(units)
    make.wave(units, make.request(units, student), mentor)
    for other in (stranger, student):
        with pytest.raises(NotFound):
            accept(units, other, offer_of(units, mentor))
    assert states(units) == {OfferState.OPEN: 1}


def test_a_full_mentor_cannot_accept_and_nothing_changes(units: Units) -> None:
    mentor = make.mentor(units, max_mentees=1)
    make.wave(units, make.request(units, make.student(units)), mentor)
    with units.work(SYSTEM) as work:
        work.session.execute(update(Profile).values(max_mentees=0))
    with pytest.raises(NoRoom):
        accept(units, mentor)
    assert states(units) == {OfferState.OPEN: 1}


def test_who_fills_up_is_asked_about_nobody_else_and_those_requests_go_on(units: Units, queue: Recorded) -> None:
    mentor, other = make.mentor(units, max_mentees=1), make.mentor(units)
    chosen, alone, with_another = (make.request(units, make.student(units)) for _ in range(3))
    make.wave(units, chosen, mentor)
    first = offer_of(units, mentor)
    make.wave(units, alone, mentor)
    with pytest.raises(OutOfDate):
        make.wave(units, with_another, mentor, other)  # two offers for one place, and no more
    queue.jobs.clear()
    accept(units, mentor, first)
    assert states(units) == {OfferState.ACCEPTED: 1, OfferState.WITHDRAWN: 1}
    assert queue.of(Job.MATCH_REQUEST) == [(str(alone),)]
    with units.read(SYSTEM) as reading:
        assert reading.session.get_one(Request, alone).waves_used == 0  # the mentor never had the chance to answer


def press(units: Units, mentor: Person, offer_id: UUID) -> str:
    try:
        accept(units, mentor, offer_id)
    except DomainError as refusal:
        return refusal.code
    return "accepted"


def at_once(calls: Iterable[tuple[Units, Person, UUID]]) -> Counter[str]:
    with ThreadPoolExecutor(40) as pool:
        return Counter(pool.map(lambda call: press(*call), calls))


def test_150_clicks_of_three_mentors_make_one_match(units: Units) -> None:
    mentors = [make.mentor(units, max_mentees=1) for _ in range(3)]
    make.wave(units, make.request(units, make.student(units)), *mentors)
    clicks = [(units, mentor, offer_of(units, mentor)) for mentor in mentors for _ in range(50)]
    assert at_once(clicks) == {"accepted": 1, "offer_closed": 149}
    assert states(units) == {OfferState.ACCEPTED: 1, OfferState.TAKEN: 2}
    assert len(all_of(units, Match.id)) == 1
    assert sorted(all_of(units, Profile.current_mentees)) == [0, 0, 0, 1]  # type: ignore[type-var]


def test_one_mentor_with_one_place_keeps_it_over_many_students_at_once(units: Units) -> None:
    mentor = make.mentor(units, max_mentees=2)
    requests = [make.request(units, make.student(units)) for _ in range(4)]
    for request_id in requests:
        make.wave(units, request_id, mentor)
    clicks = [(units, mentor, offer_id) for offer_id in all_of(units, Offer.id) for _ in range(10)]
    outcome = at_once(clicks)  # type: ignore[arg-type]
    assert outcome["accepted"] == 2
    assert outcome["no_room"] + outcome["offer_closed"] == 38
    assert len(all_of(units, Match.id)) == 2


def test_yes_and_cancel_at_the_same_moment_leave_one_outcome(units: Units) -> None:
    for _ in range(5):
        student, mentor = make.student(units), make.mentor(units)
        request_id = make.request(units, student)
        make.wave(units, request_id, mentor)
        offer_id = offer_of(units, mentor)

        def cancel(student: Person = student, request_id: UUID = request_id) -> str:
            try:
                with units.work(member(student.id)) as work:
                    cancel_request(work, request_id)
            except DomainError as refusal:
                return refusal.code
            return "cancelled"

        with ThreadPoolExecutor(2) as pool:
            yes, no = pool.submit(press, units, mentor, offer_id), pool.submit(cancel)
        assert {yes.result(), no.result()} in ({"accepted", "request_closed"}, {"cancelled", "offer_closed"})


def test_the_last_no_of_a_wave_starts_the_next_search(units: Units, queue: Recorded) -> None:
    student, mentors = make.student(units), [make.mentor(units) for _ in range(2)]
    request_id = make.request(units, student)
    make.wave(units, request_id, *mentors)
    queue.jobs.clear()
    for mentor in mentors:
        assert queue.of(Job.MATCH_REQUEST) == []
        with units.work(member(mentor.id)) as work:
            decline_offer(work, offer_of(units, mentor), DeclineReason.NO_TIME)
    assert queue.of(Job.MATCH_REQUEST) == [(str(request_id),)]
    assert all_of(units, Request.state) == [RequestState.SEARCHING]
    assert all_of(units, Batch.state) == [BatchState.FAILED]


def test_after_three_waves_staff_have_the_request(units: Units) -> None:
    student = make.student(units)
    request_id = make.request(units, student)
    for _ in range(3):
        mentor = make.mentor(units)
        make.wave(units, request_id, mentor)
        with units.work(member(mentor.id)) as work:
            decline_offer(work, offer_of(units, mentor), DeclineReason.NOT_MY_FIELD, "Too far from what I do.")
    with units.read(SYSTEM) as reading:
        request = reading.session.get_one(Request, request_id)
        told = reading.session.scalars(select(Notification).where(Notification.channel_name == "admins")).all()
    assert request.state is RequestState.STAFF
    assert request.next_step_at is not None
    assert [one.kind for one in told] == [Kind.STAFF_REQUEST]


def test_a_pause_with_a_no_begins_now(units: Units) -> None:
    mentor = make.mentor(units)
    make.wave(units, make.request(units, make.student(units)), mentor)
    with units.work(member(mentor.id)) as work:
        decline_offer(work, offer_of(units, mentor), DeclineReason.NO_TIME, pause=timedelta(days=14))
    assert NOON + timedelta(days=14) in all_of(units, Profile.paused_until)


def test_a_note_that_is_too_long_is_refused_at_its_field(units: Units) -> None:
    mentor = make.mentor(units)
    make.wave(units, make.request(units, make.student(units)), mentor)
    with pytest.raises(InvalidFields) as refusal, units.work(member(mentor.id)) as work:
        decline_offer(work, offer_of(units, mentor), DeclineReason.OTHER, "x" * 1501)
    assert set(refusal.value.problems) == {"note"}


def test_an_unanswered_wave_ends_after_its_deadline_and_not_before(units: Units) -> None:
    mentor = make.mentor(units)
    request_id = make.request(units, make.student(units))
    make.wave(units, request_id, mentor)
    on_time, over = later(units, NOON + OFFER_TIME), later(units, NOON + OFFER_TIME + timedelta(seconds=1))
    with on_time.read(SYSTEM) as reading:
        assert offers_over(reading) == []
    with over.work(SYSTEM) as work:
        assert offers_over(work) == [request_id]
        expire_offers(work, request_id)
        expire_offers(work, request_id)
    assert states(units) == {OfferState.EXPIRED: 1}
    assert all_of(units, Request.state) == [RequestState.SEARCHING]
    with pytest.raises(OfferClosed):
        accept(over, mentor)


def test_the_card_shows_the_student_only_while_the_offer_is_open(units: Units) -> None:
    student, mentor = make.student(units, "Mia Tan"), make.mentor(units)
    request_id = make.request(units, student)
    make.wave(units, request_id, mentor)
    offer_id = offer_of(units, mentor)
    with units.read(member(mentor.id)) as reading:
        card = offer_card(reading, offer_id)
    assert card.student is not None
    assert card.student.answers.headline == make.STUDENT.headline
    assert sum(part.points for part in card.criteria) == pytest.approx(card.score)
    with units.work(member(student.id)) as work:
        cancel_request(work, request_id)
    with units.read(SYSTEM) as reading:
        closed = offer_card(reading, offer_id)
    assert (closed.student, closed.state) == (None, OfferState.WITHDRAWN)
