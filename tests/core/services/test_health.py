"""How matches are looked at, and who reads of it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, select, text, update

from core.models import Ask, Feedback, Match, MatchHealth, Meeting, Notification, User, new_id
from core.notifications import Kind
from core.rules.checkins import AskKind, AskState, CheckInAnswer, FeedbackKind
from core.rules.errors import NotFound
from core.rules.health import Facts, HealthState
from core.rules.matches import MatchState
from core.rules.meetings import MeetingState
from core.rules.roles import PersonState
from core.services.health import at_risk, look_at, match_health, matches_to_look_at
from core.services.health_facts import facts_of
from core.services.people import Person
from core.uow import SYSTEM, Units, admin, member
from tests.conftest import NOON, later
from tests.support import factories as make

DAY = timedelta(days=1)


class Pair:
    """A running match that began 100 days ago, with a meeting three days ago."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self.student, self.mentor = make.student(units, "Mia Tan"), make.mentor(units, "Kim Alder")
        self.id = make.match(units, self.student, self.mentor, started_at=NOON - 100 * DAY, cadence_days=14)
        self.meeting(NOON - 3 * DAY)

    def add(self, *rows: Any) -> None:
        with self.units.work(SYSTEM) as work:
            work.session.add_all(rows)

    def meeting(self, at: datetime | None, state: MeetingState = MeetingState.HELD) -> None:
        self.add(Meeting(match_id=self.id, state=state, starts_at=at, minutes=30, kind="Video"))

    def said(self, by: Person, at: datetime, kind: FeedbackKind = FeedbackKind.CHECK_IN, **what: Any) -> None:
        self.add(Feedback(match_id=self.id, author_id=by.id, kind=kind, said_at=at, **what))

    def ask(self, of: Person, slot: str, state: AskState, at: datetime, sheet: UUID | None = None) -> None:
        reason = "known" if state is AskState.SKIPPED else ""
        ask = Ask(match_id=self.id, person_id=of.id, kind=AskKind.CHECK_IN, slot=slot, due_at=at, state=state)
        ask.asked_at, ask.reason, ask.sheet_id = at, reason, sheet
        self.add(ask)

    def change(self, **values: Any) -> None:
        with self.units.work(SYSTEM) as work:
            work.session.execute(update(Match).where(Match.id == self.id).values(**values))

    def forget_meetings(self) -> None:
        with self.units.work(SYSTEM) as work:
            work.session.execute(delete(Meeting).where(Meeting.match_id == self.id))

    def facts(self) -> Facts:
        with self.units.read(SYSTEM) as reading:
            return facts_of(reading, [self.id])[self.id]

    def look(self, at: datetime = NOON) -> None:
        with later(self.units, at).work(SYSTEM) as work:
            look_at(work, [self.id])

    def due(self, at: datetime = NOON) -> bool:
        with later(self.units, at).read(SYSTEM) as reading:
            return self.id in matches_to_look_at(reading)

    def row(self) -> MatchHealth:
        with self.units.read(SYSTEM) as reading:
            return reading.session.scalars(select(MatchHealth).where(MatchHealth.match_id == self.id)).one()

    def told(self, *, change: bool = False) -> int:
        with self.units.read(SYSTEM) as reading:
            found = select(Notification).where(
                Notification.kind == Kind.MATCH_AT_RISK, Notification.updates_id.is_not(None) == change
            )
            return len(reading.session.scalars(found).all())


@pytest.fixture
def pair(units: Units) -> Pair:
    return Pair(units)


def test_silence_runs_from_the_last_meeting_that_was_held(pair: Pair) -> None:
    pair.meeting(NOON - 40 * DAY)
    pair.meeting(NOON - DAY, MeetingState.MISSED)
    pair.meeting(NOON + DAY, MeetingState.PLANNED)
    facts = pair.facts()
    assert (facts.age, facts.silence, facts.had_contact, facts.cadence) == (100, 3, True, 14)
    assert facts.meets_soon
    assert facts.failed_meetings == 1


def test_a_positive_answer_is_a_sign_of_contact_and_a_negative_one_is_not(pair: Pair) -> None:
    pair.forget_meetings()
    pair.said(pair.mentor, NOON - DAY, answer=CheckInAnswer.COULD_BE_BETTER)
    assert (pair.facts().silence, pair.facts().had_contact) == (100, False)
    pair.said(pair.student, NOON - 10 * DAY, answer=CheckInAnswer.GOING_WELL)
    assert (pair.facts().silence, pair.facts().had_contact) == (10, True)


def test_meetings_that_fell_through_count_since_the_last_that_was_held(pair: Pair) -> None:
    pair.meeting(NOON - 10 * DAY, MeetingState.MISSED)
    assert pair.facts().failed_meetings == 0
    pair.meeting(NOON - 2 * DAY, MeetingState.CANCELLED)
    pair.meeting(None, MeetingState.CANCELLED)  # no time had been picked
    assert pair.facts().failed_meetings == 1


def test_each_side_is_known_by_what_they_said_last(pair: Pair) -> None:
    pair.said(pair.student, NOON - 20 * DAY, answer=CheckInAnswer.GOING_WELL)
    pair.said(pair.student, NOON - 2 * DAY, answer=CheckInAnswer.COULD_BE_BETTER)
    pair.said(pair.student, NOON - 30 * DAY, FeedbackKind.SURVEY, rating=5)
    pair.said(pair.mentor, NOON - 4 * DAY, FeedbackKind.SURVEY, rating=2)
    pair.said(pair.mentor, NOON - 1 * DAY, FeedbackKind.HELP, comment="Please call me.")
    student, mentor = pair.facts().student, pair.facts().mentor
    assert (student.answer, student.answer_age, student.rating, student.rating_age) == ("Could be better", 2, 5, 30)
    assert (mentor.answer, mentor.rating, mentor.rating_age, mentor.help_age) == (None, 2, 4, 1)


def test_who_said_that_they_have_not_met_is_no_longer_held_to_it_once_they_have(pair: Pair) -> None:
    pair.said(pair.student, NOON - 5 * DAY, answer=CheckInAnswer.NOT_MET)
    assert pair.facts().student.answer is None
    pair.said(pair.student, NOON - DAY, answer=CheckInAnswer.NOT_MET)
    assert pair.facts().student.answer is CheckInAnswer.NOT_MET


def test_unanswered_asks_count_by_message_since_the_last_answer(pair: Pair) -> None:
    sheet = new_id()
    pair.ask(pair.student, "day 7", AskState.LAPSED, NOON - 90 * DAY)
    pair.ask(pair.student, "day 14", AskState.ANSWERED, NOON - 80 * DAY)
    pair.ask(pair.student, "day 44", AskState.LAPSED, NOON - 50 * DAY, sheet)
    pair.ask(pair.student, "survey", AskState.LAPSED, NOON - 50 * DAY, sheet)
    pair.ask(pair.student, "day 74", AskState.SKIPPED, NOON - 20 * DAY)
    pair.ask(pair.student, "day 90", AskState.ASKED, NOON - 6 * DAY)
    pair.ask(pair.student, "day 99", AskState.ASKED, NOON - DAY)
    assert (pair.facts().student.unanswered, pair.facts().mentor.unanswered) == (2, 0)


def test_somebody_who_left_is_a_fact(pair: Pair) -> None:
    with pair.units.work(SYSTEM) as work:
        work.session.execute(update(User).where(User.id == pair.mentor.id).values(state=PersonState.LEFT))
    assert pair.facts().mentor.has_left
    assert not pair.facts().student.has_left


def test_a_change_into_at_risk_tells_staff_once_and_the_card_says_when_it_is_over(pair: Pair) -> None:
    pair.look()
    assert (pair.row().state, pair.told()) == (HealthState.HEALTHY, 0)
    for days in (70, 71, 72):
        pair.look(NOON + days * DAY)
    row = pair.row()
    assert (row.state, row.since, row.checked_at) == (HealthState.AT_RISK, NOON + 70 * DAY, NOON + 72 * DAY)
    assert row.causes == ["Nothing has been heard of a meeting for 75 days; they agreed to meet every 14 days."]
    assert (pair.told(), pair.told(change=True)) == (1, 0)
    pair.meeting(NOON + 72 * DAY)
    pair.look(NOON + 73 * DAY)
    assert (pair.row().state, pair.told(), pair.told(change=True)) == (HealthState.HEALTHY, 1, 1)
    pair.look(NOON + 200 * DAY)
    assert pair.told() == 2


def test_what_was_written_of_a_match_brings_us_back_and_so_does_a_day(pair: Pair) -> None:
    changes: list[Callable[[], None]] = [
        lambda: pair.meeting(NOON),
        lambda: pair.said(pair.student, NOON, answer=CheckInAnswer.GOING_WELL),
        lambda: pair.ask(pair.student, "day 99", AskState.ASKED, NOON),
        lambda: pair.change(goals="A plan."),
    ]
    assert pair.due()
    for minutes, change in enumerate(changes):
        now = NOON + timedelta(minutes=minutes)
        pair.look(now)
        assert not pair.due(now)
        change()
        assert pair.due(now)
    pair.look(NOON + DAY)
    assert not pair.due(NOON + 1.9 * DAY)
    assert pair.due(NOON + 2 * DAY)


def test_silence_of_a_pause_is_not_held_against_a_pair(pair: Pair) -> None:
    pair.change(state=MatchState.PAUSED, paused_until=NOON + 90 * DAY)
    for days in (0, 30, 60, 89):
        pair.look(NOON + days * DAY)
    assert (pair.row().state, pair.told()) == (HealthState.HEALTHY, 0)
    pair.change(state=MatchState.ACTIVE, paused_until=None)
    pair.look(NOON + 90 * DAY)
    assert (pair.row().state, pair.told()) == (HealthState.HEALTHY, 0)
    pair.look(NOON + 161 * DAY)
    assert pair.row().state is HealthState.AT_RISK


def test_of_a_match_that_is_over_nothing_is_kept_and_its_card_says_so(pair: Pair) -> None:
    pair.look(NOON + 70 * DAY)
    pair.change(state=MatchState.ENDED, ended_at=NOON + 71 * DAY)
    assert pair.due(NOON + 71 * DAY)
    pair.look(NOON + 71 * DAY)
    assert not pair.due(NOON + 90 * DAY)
    assert (pair.told(), pair.told(change=True)) == (1, 1)
    with pair.units.read(SYSTEM) as reading:
        assert match_health(reading, pair.id).state is None
        assert at_risk(reading) == ()
        with pytest.raises(NotFound):
            match_health(reading, new_id())


def test_staff_read_a_list_and_the_pair_reads_nothing(pair: Pair) -> None:
    pair.look(NOON + 70 * DAY)
    with pair.units.read(admin(make.person(pair.units, is_admin=True).id)) as reading:
        (found,) = at_risk(reading)
    assert (found.student_name, found.mentor_name, found.since) == ("Mia Tan", "Kim Alder", NOON + 70 * DAY)
    assert found.causes
    assert found.step
    for person in (pair.student, pair.mentor, make.student(pair.units)):
        with pair.units.read(member(person.id)) as reading:
            assert at_risk(reading) == ()
            assert reading.session.scalar(text("SELECT count(*) FROM match_health")) == 0
            assert reading.session.scalar(text("SELECT count(*) FROM notifications WHERE kind = 'match_at_risk'")) == 0
        with pair.units.work(member(person.id)) as work:
            assert work.session.execute(text("UPDATE match_health SET causes = '{}'")).rowcount == 0  # type: ignore[attr-defined]


def test_many_who_look_at_once_keep_one_row_and_tell_once(pair: Pair) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: pair.look(NOON + 70 * DAY), range(16)))
    assert (pair.row().state, pair.told()) == (HealthState.AT_RISK, 1)


def test_a_match_that_somebody_works_with_is_passed_over(pair: Pair) -> None:
    with pair.units.work(SYSTEM) as work:
        work.session.execute(select(Match.id).with_for_update())
        pair.look()
    with pair.units.read(SYSTEM) as reading:
        assert reading.session.scalars(select(MatchHealth)).all() == []
    pair.look()
    assert pair.row().state is HealthState.HEALTHY
