"""What falls due by the clock: one reminder, silence, pauses that end, staff reminded."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from core.models import Notification, Offer, Request
from core.notifications import Kind
from core.queue import Job
from core.rules.mentoring import PAUSE
from core.rules.offers import OFFER_TIME, DeclineReason, OfferState
from core.rules.requests import STAFF_AGAIN, RequestState
from core.services.due import (
    expire_offers,
    offers_over,
    remind,
    remind_staff,
    reminders,
    with_staff_too_long,
)
from core.services.mentoring import end_pause, pause_mentoring, pause_view, pauses_over, resume_mentoring
from core.services.offers import decline_offer
from core.services.people import Person
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON, later
from tests.support import factories as make
from tests.support.queues import Recorded


def after(units: Units, hours: float) -> Units:
    return later(units, NOON + timedelta(hours=hours))


def posted(units: Units, kind: Kind) -> list[Notification]:
    with units.read(SYSTEM) as reading:
        cards = select(Notification).where(Notification.kind == kind, Notification.updates_id.is_(None))
        return list(reading.session.scalars(cards.order_by(Notification.id)))


def ignore(units: Units, mentor: Person) -> None:
    """An offer to this mentor that goes without any answer."""
    request_id = make.request(units, make.student(units))
    make.wave(units, request_id, mentor)
    over = later(units, units.clock() + OFFER_TIME + timedelta(seconds=1))
    with over.work(SYSTEM) as work:
        expire_offers(work, request_id)


def paused_until(units: Units, mentor: Person) -> object:
    with units.read(SYSTEM) as reading:
        return make.profile_row(reading, mentor).paused_until


def test_one_reminder_a_day_before_the_end_whatever_runs_twice(units: Units) -> None:
    mentor = make.mentor(units)
    make.wave(units, make.request(units, make.student(units)), mentor)
    with after(units, 47.9).read(SYSTEM) as reading:
        assert reminders(reading) == []
    due = after(units, 48)
    with due.read(SYSTEM) as reading:
        (offer_id,) = reminders(reading)

    def run(_: int) -> None:
        with due.work(SYSTEM) as work:
            remind(work, offer_id)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(run, range(8)))
    (reminder,) = posted(units, Kind.OFFER_REMINDER)
    assert reminder.recipient_id == mentor.id
    with after(units, 60).read(SYSTEM) as reading:
        assert reminders(reading) == []


def test_who_has_answered_is_not_reminded(units: Units) -> None:
    mentor = make.mentor(units)
    make.wave(units, make.request(units, make.student(units)), mentor)
    with units.read(SYSTEM) as reading:
        offer_id = reading.session.scalars(select(Offer.id)).one()
    with units.work(member(mentor.id)) as work:
        decline_offer(work, offer_id, DeclineReason.NO_TIME)
    with after(units, 48).work(SYSTEM) as work:
        remind(work, offer_id)
    assert posted(units, Kind.OFFER_REMINDER) == []


def test_many_sweeps_at_once_expire_a_wave_once_and_ask_for_one_search(units: Units, queue: Recorded) -> None:
    request_id = make.request(units, make.student(units))
    mentors = [make.mentor(units) for _ in range(3)]
    make.wave(units, request_id, *mentors)
    queue.jobs.clear()

    def run(_: int) -> None:
        with after(units, 73).work(SYSTEM) as work:
            expire_offers(work, request_id)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(run, range(8)))
    with units.read(SYSTEM) as reading:
        assert set(reading.session.scalars(select(Offer.state))) == {OfferState.EXPIRED}
        assert [make.profile_row(reading, mentor).ignored_offers for mentor in mentors] == [1, 1, 1]
    assert queue.of(Job.MATCH_REQUEST) == [(str(request_id),)]


def test_three_ignored_in_a_row_pause_the_mentor_who_is_asked_and_comes_back_with_one_tap(
    units: Units, queue: Recorded
) -> None:
    mentor = make.mentor(units)
    for _ in range(2):
        ignore(units, mentor)
        assert paused_until(units, mentor) is None
    ignore(units, mentor)
    (asked,) = posted(units, Kind.MENTOR_PAUSED)
    assert asked.recipient_id == mentor.id
    assert paused_until(units, mentor) == NOON + OFFER_TIME + timedelta(seconds=1) + PAUSE
    queue.jobs.clear()
    with after(units, 80).work(member(mentor.id)) as work:
        resume_mentoring(work, mentor.id)
        assert pause_view(work, asked.subject_id or UUID(int=0)).paused_until is None
    assert queue.of(Job.FILL_PLACES) == [(str(mentor.id),)]
    later_on = after(units, 81)
    for _ in range(2):  # counted anew
        ignore(later_on, mentor)
    assert paused_until(units, mentor) is None
    ignore(later_on, mentor)
    assert len(posted(units, Kind.MENTOR_PAUSED)) == 2


def test_any_answer_starts_the_count_again(units: Units) -> None:
    mentor = make.mentor(units)
    ignore(units, mentor)
    ignore(units, mentor)
    make.wave(units, make.request(units, make.student(units)), mentor)
    with units.read(SYSTEM) as reading:
        offer_id = reading.session.scalars(select(Offer.id).where(Offer.state == OfferState.OPEN)).one()
    with units.work(member(mentor.id)) as work:
        decline_offer(work, offer_id, DeclineReason.NOT_MY_FIELD)
    ignore(units, mentor)
    assert paused_until(units, mentor) is None


def test_a_pause_ends_by_itself_and_says_so_once(units: Units, queue: Recorded) -> None:
    mentor = make.mentor(units)
    with units.work(member(mentor.id)) as work:
        until = pause_mentoring(work, mentor.id)
    with later(units, until - timedelta(seconds=1)).read(SYSTEM) as reading:
        assert pauses_over(reading) == []
    over = later(units, until)
    with over.read(SYSTEM) as reading:
        assert pauses_over(reading) == [mentor.id]
    queue.jobs.clear()

    def run(_: int) -> None:
        with over.work(SYSTEM) as work:
            end_pause(work, mentor.id)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(run, range(8)))
    assert [one.recipient_id for one in posted(units, Kind.PAUSE_OVER)] == [mentor.id]
    assert queue.of(Job.FILL_PLACES) == [(str(mentor.id),)]
    with over.read(SYSTEM) as reading:
        assert pauses_over(reading) == []


def test_a_pause_made_longer_meanwhile_does_not_end(units: Units) -> None:
    mentor = make.mentor(units)
    with units.work(member(mentor.id)) as work:
        until = pause_mentoring(work, mentor.id, timedelta(days=14))
        pause_mentoring(work, mentor.id)
    with later(units, until).work(SYSTEM) as work:
        end_pause(work, mentor.id)
    assert paused_until(units, mentor) == NOON + PAUSE


def test_staff_who_did_nothing_are_reminded_and_the_student_gets_the_next_date(units: Units) -> None:
    request_id = make.request(units, make.student(units))
    for wave in range(3):
        make.wave(after(units, 73 * wave), request_id, make.mentor(units))
        with after(units, 73 * wave + 72.5).work(SYSTEM) as work:
            assert offers_over(work) == [request_id]
            expire_offers(work, request_id)
    last = 73 * 2 + 72.5
    assert len(posted(units, Kind.STAFF_REQUEST)) == 1
    with after(units, last + 23).read(SYSTEM) as reading:
        assert with_staff_too_long(reading) == []
    late = after(units, last + 24)
    for _ in range(2):
        with late.work(SYSTEM) as work:
            remind_staff(work, request_id)
    assert len(posted(units, Kind.STAFF_REQUEST)) == 2
    with units.read(SYSTEM) as reading:
        request = reading.session.get_one(Request, request_id)
    assert (request.state, request.next_step_at) == (RequestState.STAFF, late.clock() + STAFF_AGAIN)
