"""Around a planned meeting: reminders the day and the hour before, and whether it took place, each once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from core.models import Match, Notification, User
from core.notifications import Kind
from core.rules.attention import QuietHours
from core.rules.matches import MatchState
from core.rules.reminders import item_reminder_due, leave_out
from core.services import meeting_reminders as reminders
from core.services.preferences import set_quiet_hours
from core.uow import SYSTEM, Reading, Units, Work
from tests.conftest import NOON, later
from tests.core.services.test_scheduling import TIMES, Pair

Find = Callable[[Reading], list[UUID]]
Act = Callable[[Work, UUID], None]
DAY = reminders.a_day_before, reminders.remind_a_day_before
HOUR = reminders.an_hour_before, reminders.remind_an_hour_before
OVER = reminders.just_over, reminders.ask_whether_they_met
START = TIMES[0]  # Sunday 3 March, 14:00 in Amsterdam


def sweep(units: Units, moment: datetime, job: tuple[Find, Act]) -> int:
    """Do what the sweep does at this moment; how many were due."""
    find, act = job
    with later(units, moment).read(SYSTEM) as reading:
        due = find(reading)
    for meeting_id in due:
        with later(units, moment).work(SYSTEM) as work:
            act(work, meeting_id)
    return len(due)


def told(units: Units, kind: Kind) -> list[Notification]:
    with units.read(SYSTEM) as reading:
        cards = select(Notification).where(Notification.kind == kind, Notification.updates_id.is_(None))
        return list(reading.session.scalars(cards))


def ago(**before: float) -> datetime:
    return START - timedelta(**before)


@pytest.fixture
def pair(units: Units) -> Pair:
    made = Pair(units)
    made.planned()
    return made


def test_both_are_reminded_a_day_before_and_an_hour_before_once(pair: Pair) -> None:
    assert sweep(pair.units, ago(hours=24, minutes=1), DAY) == 0
    for _ in range(2):
        sweep(pair.units, ago(hours=24), DAY)
    assert len(told(pair.units, Kind.MEETING_REMINDER)) == 2
    assert sweep(pair.units, ago(minutes=61), HOUR) == 0
    for _ in range(2):
        sweep(pair.units, ago(minutes=60), HOUR)
    both = [card.recipient_id for card in told(pair.units, Kind.MEETING_REMINDER)]
    assert sorted(both, key=str) == sorted([pair.student.id, pair.mentor.id] * 2, key=str)


def test_a_sweep_that_comes_too_late_leaves_a_reminder_out(pair: Pair) -> None:
    assert sweep(pair.units, ago(hours=2), DAY) == 0
    assert sweep(pair.units, ago(minutes=4), HOUR) == 0
    assert sweep(pair.units, START, HOUR) == 0


def test_what_is_planned_late_is_not_reminded_of_at_once(pair: Pair) -> None:
    assert leave_out(ago(hours=25), START) == (False, False)
    assert leave_out(ago(hours=23), START) == (True, False)
    assert leave_out(ago(minutes=90), START) == (True, True)
    second = pair.propose()
    pair.pick(second, 0, days=1, hours=12)
    assert sweep(pair.units, ago(hours=12), DAY) == 1  # the first one alone


def test_the_hour_is_left_out_in_quiet_hours_person_by_person(pair: Pair) -> None:
    with pair.units.work(SYSTEM) as work:
        set_quiet_hours(work, pair.student.id, QuietHours(time(12), time(15)))
    sweep(pair.units, ago(hours=1), HOUR)  # 13:00 in Amsterdam
    assert [card.recipient_id for card in told(pair.units, Kind.MEETING_REMINDER)] == [pair.mentor.id]


def test_the_hour_is_left_out_where_it_is_night(pair: Pair) -> None:
    with pair.units.work(SYSTEM) as work:
        work.session.execute(update(User).where(User.id == pair.mentor.id).values(tz="America/New_York"))
    sweep(pair.units, ago(hours=1), HOUR)  # 7:00 in New York
    assert [card.recipient_id for card in told(pair.units, Kind.MEETING_REMINDER)] == [pair.student.id]


def test_what_was_called_off_or_paused_is_left_alone(pair: Pair) -> None:
    with pair.units.work(SYSTEM) as work:
        match = work.session.get_one(Match, pair.match_id)
        match.state, match.paused_until = MatchState.PAUSED, NOON + timedelta(days=20)
    jobs = ((ago(hours=24), DAY), (ago(hours=1), HOUR), (START + timedelta(hours=1), OVER))
    assert [sweep(pair.units, moment, job) for moment, job in jobs] == [0, 0, 0]
    with pair.units.work(SYSTEM) as work:
        match = work.session.get_one(Match, pair.match_id)
        match.state, match.paused_until = MatchState.ACTIVE, None
    assert sweep(pair.units, ago(hours=24), DAY) == 1
    (card,) = {card.subject_id for card in told(pair.units, Kind.MEETING_REMINDER)}
    assert card
    pair.cancel(card, pair.student)
    assert [sweep(pair.units, moment, job) for moment, job in jobs[1:]] == [0, 0]


def test_both_are_asked_once_whether_they_met_from_the_end_on(pair: Pair) -> None:
    end = START + timedelta(minutes=45)
    assert sweep(pair.units, end - timedelta(minutes=1), OVER) == 0
    assert [sweep(pair.units, end, OVER) for _ in range(2)] == [1, 0]
    assert len(told(pair.units, Kind.MEETING_OVER)) == 2


def test_nobody_is_asked_after_three_days(pair: Pair) -> None:
    assert sweep(pair.units, START + timedelta(days=4), OVER) == 0


def test_many_sweeps_at_once_remind_once(pair: Pair) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: sweep(pair.units, ago(hours=24), DAY), range(8)))
    assert len(told(pair.units, Kind.MEETING_REMINDER)) == 2


def test_an_item_is_due_on_the_calendar_of_everybody_concerned() -> None:
    day = datetime(2030, 3, 5, tzinfo=UTC).date()
    amsterdam, auckland = ZoneInfo("Europe/Amsterdam"), ZoneInfo("Pacific/Auckland")
    eve = datetime(2030, 3, 3, 12, tzinfo=UTC)  # the 4th has begun in Auckland alone
    assert item_reminder_due(day, eve, [auckland])
    assert not item_reminder_due(day, eve, [amsterdam, auckland])
    assert item_reminder_due(day, eve + timedelta(hours=12), [amsterdam, auckland])
    assert not item_reminder_due(day, eve + timedelta(days=3), [amsterdam])
