"""The waiting list: tried again as soon as somebody may be asked, and silently while nobody may."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from core.models import Match, Notification, Profile
from core.notifications import Kind
from core.queue import Job
from core.rules.matches import MatchState
from core.rules.requests import RequestState
from core.services.mentoring import pause_mentoring, resume_mentoring
from core.services.people import Person
from core.services.profiles import save_profile
from core.services.requests import edit_request
from core.services.standing import status
from core.services.waiting import ready
from core.services.waves import open_wave
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON, later
from tests.support import factories as make
from tests.support.queues import Recorded
from tests.support.statements import statements


def waiting(units: Units, student: Person | None = None) -> UUID:
    request_id = make.request(units, student or make.student(units))
    with units.work(SYSTEM) as work:
        open_wave(work, request_id, [], make.PROVENANCE)
    return request_id


def next_ones(units: Units, *mentors: Person) -> list[UUID]:
    with units.read(SYSTEM) as reading:
        return ready(reading, [mentor.id for mentor in mentors] or None)


def changes(units: Units) -> int:
    with units.read(SYSTEM) as reading:
        cards = select(Notification.id).where(Notification.kind == Kind.REQUEST_STATUS)
        return len(reading.session.scalars(cards).all())


def test_who_asked_first_is_first(units: Units) -> None:
    line = [waiting(later(units, NOON + timedelta(hours=hours))) for hours in (3, 1, 2)]
    mentor = make.mentor(units, max_mentees=1)
    assert next_ones(units, mentor) == next_ones(units) == [line[1], line[2]]


def test_a_longer_line_takes_no_more_queries(units: Units) -> None:
    mentor = make.mentor(units, languages=("Dutch",))
    waiting(units)
    with statements(units.engine) as of_one:
        assert next_ones(units, mentor) == []
    for _ in range(3):
        waiting(units)
    with statements(units.engine) as of_four:
        assert next_ones(units, mentor) == []
    assert len(of_four) == len(of_one)


def test_with_everybody_paused_or_full_nobody_is_tried(units: Units) -> None:
    waiting(units)
    paused, full = make.mentor(units), make.mentor(units)
    with units.work(member(paused.id)) as work:
        pause_mentoring(work, paused.id)
    with units.work(SYSTEM) as work:
        work.session.execute(update(Profile).where(Profile.user_id == full.id).values(current_mentees=2))
    assert next_ones(units) == next_ones(units, paused) == next_ones(units, full) == []


def test_whatever_frees_a_place_wakes_the_list(units: Units, queue: Recorded) -> None:
    mentor = make.mentor(units)
    assert queue.of(Job.FILL_PLACES) == [(str(mentor.id),)]  # a new mentor
    queue.jobs.clear()
    with units.work(member(mentor.id)) as work:
        save_profile(work, mentor.id, replace(make.MENTOR, max_mentees=5))
    assert queue.of(Job.FILL_PLACES) == [(str(mentor.id),)]
    queue.jobs.clear()
    with units.work(member(mentor.id)) as work:
        pause_mentoring(work, mentor.id)
        assert queue.of(Job.FILL_PLACES) == []
        resume_mentoring(work, mentor.id)
    assert queue.of(Job.FILL_PLACES) == [(str(mentor.id),)]


def test_a_match_that_ends_frees_a_place_for_the_next_sweep(units: Units) -> None:
    mentor, student = make.mentor(units, max_mentees=1), make.student(units)
    make.match(units, student, mentor)
    request_id = waiting(units)
    assert next_ones(units) == []
    with units.work(SYSTEM) as work:
        work.session.execute(update(Match).values(state=MatchState.COMPLETED, ended_at=work.now))
    assert next_ones(units) == [request_id]


def test_trying_in_vain_is_silent_until_the_date_has_passed(units: Units) -> None:
    student = make.student(units)
    request_id = waiting(units, student)
    told = changes(units)

    def tried(units: Units) -> None:
        with units.work(SYSTEM) as work:
            assert not open_wave(work, request_id, [], make.PROVENANCE)

    for hours in (1, 5, 23):
        tried(later(units, NOON + timedelta(hours=hours)))
    assert changes(units) == told
    tomorrow = later(units, NOON + timedelta(hours=24))
    tried(tomorrow)
    assert changes(units) == told + 1  # the card the student has shows the next date; nothing new is posted
    with tomorrow.read(member(student.id)) as reading:
        found = status(reading, request_id)
    assert (found.state, found.next_step_at) == (RequestState.WAITING, NOON + timedelta(hours=48))


def test_a_waiting_request_is_offered_without_a_word_in_between(units: Units) -> None:
    request_id, mentor = waiting(units), make.mentor(units)
    told = changes(units)
    make.wave(units, request_id, mentor)
    assert changes(units) == told + 1


def test_an_edited_request_is_searched_for_at_once(units: Units, queue: Recorded) -> None:
    student = make.student(units)
    request_id = waiting(units, student)
    queue.jobs.clear()
    with units.work(member(student.id)) as work:
        edit_request(work, request_id, make.WISH)
    assert queue.of(Job.MATCH_REQUEST) == [(str(request_id),)]


def matched(units: Units, hours: float) -> None:
    """A match, so long after its request."""
    request_id, mentor = make.request(units, make.student(units)), make.mentor(units)
    with later(units, NOON + timedelta(hours=hours)).work(SYSTEM) as work:
        student_id = status(work, request_id).student_id
        pair = {"student_id": student_id, "mentor_id": mentor.id, "request_id": request_id, "started_at": work.now}
        work.session.add(Match(**pair, origin="batch", state=MatchState.ACTIVE, criteria=[]))


def test_the_status_tells_the_usual_wait_once_there_are_cases_enough(units: Units) -> None:
    student = make.student(units)
    request_id = make.request(units, student)

    def told(hours: float = 0) -> object:
        with later(units, NOON + timedelta(hours=hours)).read(member(student.id)) as reading:
            return status(reading, request_id).usual_wait

    for hours in range(1, 8):
        matched(units, hours)
    assert told() is None
    matched(units, 8)
    matched(units, 9)
    found = told()
    assert found is not None
    assert vars(found) == {"least": timedelta(hours=3), "most": timedelta(hours=7)}
    assert told(hours=7) is None
