"""Meetings: either side logs what was held, and both read it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from core.models import Notification
from core.notifications import Kind
from core.rules.errors import DomainError, InvalidFields, NotFound
from core.rules.meetings import MeetingClosed, MeetingState, MeetingToCome
from core.rules.roles import Meet
from core.services.coming_meetings import coming_meetings
from core.services.held_meetings import MeetingView, held_meetings, meeting_view
from core.services.meetings import HeldMeeting, confirm_meeting, correct_meeting, log_meeting, we_did_not_meet, we_met
from core.services.people import Person
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON
from tests.core.services.test_scheduling import TIMES, Pair
from tests.support import factories as make

TODAY = NOON.date()


def pair(units: Units) -> tuple[Person, Person, UUID]:
    student, mentor = make.student(units), make.mentor(units)
    return student, mentor, make.match(units, student, mentor)


def test_both_sides_read_what_one_side_logged(units: Units) -> None:
    student, mentor, match_id = pair(units)
    held = HeldMeeting(match_id, NOON.date(), 45, Meet.VIDEO, " We met. ", ("Read a paper", "  ", "Write to Kim"))
    with units.work(member(mentor.id)) as work:
        meeting_id = log_meeting(work, held)
    for person in (student, mentor):
        with units.read(member(person.id)) as reading:
            seen = meeting_view(reading, meeting_id)
        assert (seen.author_name, seen.held_on, seen.minutes) == (mentor.name, NOON.date(), 45)
        assert (seen.notes, seen.action_items) == ("We met.", ("Read a paper", "Write to Kim"))
    with units.read(SYSTEM) as reading:
        told = reading.session.scalars(select(Notification).where(Notification.kind == Kind.MEETING_LOGGED)).one()
    assert told.match_id == match_id


def test_nobody_logs_or_reads_meetings_of_others(units: Units) -> None:
    _, mentor, match_id = pair(units)
    stranger = make.student(units)
    held = HeldMeeting(match_id, NOON.date(), 45, Meet.VIDEO)
    with pytest.raises(NotFound), units.work(member(stranger.id)) as work:
        log_meeting(work, held)
    with units.work(member(mentor.id)) as work:
        meeting_id = log_meeting(work, held)
    with pytest.raises(NotFound), units.read(member(stranger.id)) as reading:
        meeting_view(reading, meeting_id)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"held_on": NOON.date() + timedelta(days=1)}, "held_on"),
        ({"held_on": NOON.date() - timedelta(days=400)}, "held_on"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"kind": "Telepathy"}, "kind"),
        ({"notes": "x" * 3001}, "notes"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(units: Units, wrong: dict[str, object], field: str) -> None:
    _, mentor, match_id = pair(units)
    answers = {"match_id": match_id, "held_on": NOON.date(), "minutes": 30, "kind": Meet.CHAT} | wrong
    with pytest.raises(InvalidFields) as refusal, units.work(member(mentor.id)) as work:
        log_meeting(work, HeldMeeting(**answers))  # type: ignore[arg-type]
    assert set(refusal.value.problems) == {field}


def held(pair: Pair, minutes: int = 45, day: date = TODAY, notes: str = "", *items: str) -> HeldMeeting:
    return HeldMeeting(pair.match_id, day, minutes, Meet.VIDEO, notes, items)


def log(pair: Pair, by: Person, told: HeldMeeting, **ahead: float) -> UUID:
    with pair.at(**ahead).work(member(by.id)) as work:
        return log_meeting(work, told)


def seen(pair: Pair, meeting_id: UUID) -> MeetingView:
    with pair.units.read(member(pair.student.id)) as reading:
        return meeting_view(reading, meeting_id)


def confirm(pair: Pair, by: Person, meeting_id: UUID) -> None:
    with pair.units.work(member(by.id)) as work:
        confirm_meeting(work, meeting_id)


def correct(pair: Pair, by: Person, meeting_id: UUID, told: HeldMeeting, **ahead: float) -> None:
    with pair.at(**ahead).work(member(by.id)) as work:
        correct_meeting(work, meeting_id, told)


def test_the_other_side_confirms_once(units: Units) -> None:
    pair = Pair(units)
    meeting_id = log(pair, pair.student, held(pair))
    with pytest.raises(MeetingClosed):
        confirm(pair, pair.student, meeting_id)
    assert not seen(pair, meeting_id).settled
    confirm(pair, pair.mentor, meeting_id)
    assert seen(pair, meeting_id).settled
    with pytest.raises(MeetingClosed):
        confirm(pair, pair.mentor, meeting_id)


def test_a_correction_keeps_both_versions_until_one_is_confirmed(units: Units) -> None:
    pair = Pair(units)
    meeting_id = log(pair, pair.student, held(pair, 45, notes="A start."))
    correct(pair, pair.mentor, meeting_id, held(pair, 60), minutes=1)
    view = seen(pair, meeting_id)
    assert view.disputed
    assert not view.settled
    assert {one.name: one.account.minutes for one in view.versions} == {"Mia Tan": 45, "Kim Alder": 60}
    assert (view.minutes, view.notes, view.author_id) == (45, "A start.", pair.student.id)
    with pair.units.read(member(pair.mentor.id)) as reading:
        (coming,) = coming_meetings(reading, pair.mentor.id, 8)
        assert coming.held == view
    confirm(pair, pair.student, meeting_id)
    view = seen(pair, meeting_id)
    assert view.settled
    assert not view.disputed
    assert (view.minutes, len(view.versions)) == (60, 2)
    assert pair.row(meeting_id).minutes == 60


def test_who_corrects_may_give_way_instead(units: Units) -> None:
    pair = Pair(units)
    meeting_id = log(pair, pair.student, held(pair, 45))
    correct(pair, pair.mentor, meeting_id, held(pair, 60))
    confirm(pair, pair.mentor, meeting_id)
    view = seen(pair, meeting_id)
    assert view.settled
    assert (view.minutes, view.author_id) == (45, pair.student.id)


def test_telling_the_same_is_confirming_and_a_form_sent_twice_is_one_correction(units: Units) -> None:
    pair = Pair(units)
    meeting_id = log(pair, pair.student, held(pair, 45))
    for _ in range(2):
        correct(pair, pair.mentor, meeting_id, held(pair, 60), minutes=1)
    assert len(pair.told(Kind.MEETING_LOGGED)) == 2
    correct(pair, pair.student, meeting_id, held(pair, 60), minutes=2)
    view = seen(pair, meeting_id)
    assert view.settled
    assert view.minutes == 60


def test_a_log_that_is_sent_many_times_at_once_is_one_meeting(units: Units) -> None:
    _, mentor, match_id = pair(units)

    def log(minutes: int, *items: str) -> UUID:
        with units.work(member(mentor.id)) as work:
            return log_meeting(work, HeldMeeting(match_id, TODAY, minutes, Meet.VIDEO, "We met.", items))

    with ThreadPoolExecutor(8) as pool:
        logged = set(pool.map(lambda _: log(45, "Read a paper"), range(8)))
    assert len(logged) == 1
    with units.read(SYSTEM) as reading:
        assert [item.text for item in meeting_view(reading, logged.pop()).items] == ["Read a paper"]
        told = reading.session.scalars(select(Notification).where(Notification.kind == Kind.MEETING_LOGGED)).all()
    assert len(told) == 1
    log(20)
    with units.read(SYSTEM) as reading:
        assert len(held_meetings(reading, match_id)) == 2


def test_two_logs_of_one_day_are_two_versions_of_one_meeting(units: Units) -> None:
    pair = Pair(units)
    first = log(pair, pair.student, held(pair, 45))
    assert log(pair, pair.mentor, held(pair, 60), minutes=1) == first
    assert seen(pair, first).disputed
    confirm(pair, pair.student, first)
    assert log(pair, pair.mentor, held(pair, 30), minutes=2) != first


def test_logging_on_the_day_of_a_planned_meeting_holds_that_one(units: Units) -> None:
    pair = Pair(units)
    planned = pair.planned()
    day = TIMES[0].date()
    assert log(pair, pair.student, held(pair, 50, day), days=3) == planned
    row = pair.row(planned)
    assert (row.state, row.minutes, row.starts_at) == (MeetingState.HELD, 50, TIMES[0])
    assert log(pair, pair.student, held(pair, 50, day, "Once more."), days=3) == planned
    assert log(pair, pair.student, held(pair, 20, day, "In the evening."), days=3) != planned


def test_who_met_earlier_that_day_than_planned_has_met(units: Units) -> None:
    pair = Pair(units)
    planned = pair.planned()
    early = TIMES[0] - timedelta(hours=3)
    assert log(pair, pair.student, held(pair, 50, TIMES[0].date()), days=1, hours=22) == planned
    assert (pair.row(planned).state, pair.row(planned).starts_at) == (MeetingState.HELD, early)


def test_we_met_holds_it_in_one_tap_and_the_second_tap_confirms(units: Units) -> None:
    pair = Pair(units)
    meeting_id = pair.planned()
    with pytest.raises(MeetingToCome), units.work(member(pair.student.id)) as work:
        we_met(work, meeting_id)
    for person in (pair.student, pair.mentor):
        with pair.at(days=3).work(member(person.id)) as work:
            we_met(work, meeting_id)
    view = seen(pair, meeting_id)
    assert view.settled
    assert (view.author_id, view.minutes, view.held_on) == (pair.student.id, 45, TIMES[0].date())
    with pytest.raises(MeetingClosed), pair.at(days=3).work(member(pair.mentor.id)) as work:
        we_did_not_meet(work, meeting_id)


def test_notes_after_we_met_belong_to_the_same_meeting(units: Units) -> None:
    pair = Pair(units)
    meeting_id = pair.planned()
    with pair.at(days=3).work(member(pair.student.id)) as work:
        we_met(work, meeting_id)
    assert log(pair, pair.student, held(pair, 50, TIMES[0].date(), "A plan."), days=3) == meeting_id
    assert seen(pair, meeting_id).notes == "A plan."


def test_a_missed_meeting_can_still_be_told_as_held_by_the_other_side(units: Units) -> None:
    pair = Pair(units)
    meeting_id = pair.planned()
    for _ in range(2):
        with pair.at(days=3).work(member(pair.student.id)) as work:
            we_did_not_meet(work, meeting_id)
    assert pair.row(meeting_id).state is MeetingState.MISSED
    with pair.at(days=3).work(member(pair.mentor.id)) as work:
        we_met(work, meeting_id)
    assert pair.row(meeting_id).state is MeetingState.HELD


def test_fifty_answers_at_once_make_one_outcome(units: Units) -> None:
    pair = Pair(units)
    meeting_id = pair.planned()

    def answer(number: int) -> str:
        try:
            with pair.at(days=3).work(member((pair.student, pair.mentor)[number % 2].id)) as work:
                (we_met if number % 3 else we_did_not_meet)(work, meeting_id)
        except DomainError as error:
            return error.code
        return "done"

    with ThreadPoolExecutor(50) as pool:
        assert set(pool.map(answer, range(50))) <= {"done", "meeting_closed"}
    assert pair.row(meeting_id).state is MeetingState.HELD


def test_many_logs_of_a_planned_day_at_once_make_one_meeting(units: Units) -> None:
    pair = Pair(units)
    planned = pair.planned()
    with ThreadPoolExecutor(20) as pool:
        both = (pair.student, pair.mentor)
        told = held(pair, 45, TIMES[0].date())
        ids = set(pool.map(lambda number: log(pair, both[number], told, days=3), range(2)))
    assert ids == {planned}
    assert seen(pair, planned).settled


def test_held_meetings_come_newest_first(units: Units) -> None:
    pair = Pair(units)
    days = [NOON.date() - timedelta(days=back) for back in (20, 3, 10)]
    for day in days:
        log(pair, pair.student, held(pair, day=day))
    with units.read(member(pair.mentor.id)) as reading:
        assert [one.held_on for one in held_meetings(reading, pair.match_id)] == sorted(days, reverse=True)
        assert len(held_meetings(reading, pair.match_id, most=2)) == 2
