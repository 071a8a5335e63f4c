"""Asks on a real database: found when due, asked once, merged, answered once, and lapsed in time."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from core.models import Ask, Feedback, Match, Notification, User
from core.notifications import Kind
from core.rules.checkins import AskKind, AskState, CheckInAnswer, FeedbackKind, Rating, Reason
from core.rules.errors import DomainError, NotFound
from core.rules.matches import MatchState
from core.rules.roles import Meet, PersonState
from core.services.asking import ask_due, ask_person
from core.services.asks import answer_check_in, ask_closing, asks_over, end_ask, open_asks, rate, sheet_view
from core.services.feedback import feedback_view, give_feedback
from core.services.help import ask_for_help
from core.services.matches import NoMatch
from core.services.meetings import HeldMeeting, log_meeting
from core.services.people import Person
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON, later
from tests.support import factories as make

CROWD = 20


class Pair:
    """A match that begins now, and its people, on days to come."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self.student, self.mentor = make.student(units, "Mia Tan"), make.mentor(units, "Kim Alder")
        self.match_id = make.match(units, self.student, self.mentor)

    def at(self, days: float) -> Units:
        return later(self.units, NOON + timedelta(days=days))

    def sweep(self, days: float) -> None:
        """Ask whom there is to ask, that many days after the match began."""
        units = self.at(days)
        with units.read(SYSTEM) as reading:
            due, over = ask_due(reading), asks_over(reading)
        for person_id in due:
            with units.work(SYSTEM) as work:
                ask_person(work, person_id)
        for ask_id in over:
            with units.work(SYSTEM) as work:
                end_ask(work, ask_id)

    def rows(self, person: Person | None = None) -> dict[str, str]:
        """What became of each turn of a person: its state, or why it was left out."""
        with self.units.read(SYSTEM) as reading:
            mine = Ask.person_id == (person or self.student).id
            rows = reading.session.scalars(select(Ask).where(mine).order_by(Ask.due_at, Ask.kind)).all()
        return {f"{row.kind} {row.slot}": row.reason or row.state for row in rows}

    def open(self, person: Person | None = None) -> UUID:
        with self.units.read(SYSTEM) as reading:
            (ask,) = open_asks(reading, (person or self.student).id)
        return ask.ask_id

    def change(self, **values: object) -> None:
        with self.units.work(SYSTEM) as work:
            match = work.session.get_one(Match, self.match_id)
            for name, value in values.items():
                setattr(match, name, value)

    def told(self, kind: Kind) -> list[UUID | None]:
        with self.units.read(SYSTEM) as reading:
            rows = select(Notification.recipient_id).where(Notification.kind == kind, Notification.updates_id.is_(None))
            return list(reading.session.scalars(rows))

    def said(self) -> list[Feedback]:
        with self.units.read(SYSTEM) as reading:
            return list(reading.session.scalars(select(Feedback).order_by(Feedback.id)))


@pytest.fixture
def pair(units: Units) -> Pair:
    return Pair(units)


def test_each_side_is_asked_on_day_7_14_30_44_and_90(pair: Pair) -> None:
    for day in range(100):
        pair.sweep(day)
    turns = [
        "check_in day 7",
        "check_in day 14",
        "survey day 30",
        "check_in day 44",
        "check_in day 74",
        "survey day 90",
    ]
    for person in (pair.student, pair.mentor):
        assert list(pair.rows(person)) == turns
    assert Counter(pair.told(Kind.CHECK_IN)) == {pair.student.id: 4, pair.mentor.id: 4}
    assert Counter(pair.told(Kind.SURVEY)) == {pair.student.id: 2, pair.mentor.id: 2}
    assert list(pair.rows().values()) == ["lapsed"] * 4 + ["asked", "asked"]


def test_nothing_is_due_before_nine_or_twice(pair: Pair) -> None:
    pair.sweep(6.8)  # 8:12 in Amsterdam
    assert pair.rows() == {}
    for _ in range(3):
        pair.sweep(7)
    assert pair.rows() == {"check_in day 7": "asked"}
    assert len(pair.told(Kind.CHECK_IN)) == 2


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Niue", "America/St_Johns", "Asia/Kathmandu"])
def test_wherever_they_live_people_are_asked_in_the_first_hour_of_their_day(units: Units, zone: str) -> None:
    pair = Pair(units)
    far = make.person(units, "Lee Chan", tz=zone)
    make.match(units, far, pair.mentor)
    for day in (6, 13, 29):
        for hour in range(60):
            pair.sweep(day + hour / 24)
    with units.read(SYSTEM) as reading:
        asked = reading.session.scalars(select(Ask.asked_at).where(Ask.person_id == far.id).order_by(Ask.due_at)).all()
    local = [moment.astimezone(ZoneInfo(zone)) for moment in asked if moment]
    assert [moment.hour for moment in local] == [9, 9, 9]
    begun = NOON.astimezone(ZoneInfo(zone)).date()
    assert [(moment.date() - begun).days for moment in local] == [7, 14, 30]


def test_after_days_without_a_sweep_only_the_newest_turn_is_asked(pair: Pair) -> None:
    pair.sweep(46)
    assert pair.rows() == {
        "check_in day 7": Reason.TOO_LATE,
        "check_in day 14": Reason.TOO_LATE,
        "survey day 30": "asked",
        "check_in day 44": Reason.SURVEY,
    }
    assert Counter(pair.told(Kind.SURVEY)) == {pair.student.id: 1, pair.mentor.id: 1}


def test_who_met_is_not_asked_whether_they_did(pair: Pair) -> None:
    with pair.at(3).work(member(pair.mentor.id)) as work:
        log_meeting(work, HeldMeeting(pair.match_id, (NOON + timedelta(days=3)).date(), 30, Meet.VIDEO))
    pair.sweep(7)
    pair.sweep(14)
    expected = {"check_in day 7": "first meeting held", "check_in day 14": "met in the last 14 days"}
    assert pair.rows(pair.student) == pair.rows(pair.mentor) == expected
    assert pair.told(Kind.CHECK_IN) == []


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"state": MatchState.PAUSED, "paused_until": NOON + timedelta(days=60)}, Reason.PAUSED),
        ({"state": MatchState.ENDED, "ended_at": NOON + timedelta(days=7.5)}, Reason.OVER),
    ],
)
def test_a_paused_match_and_one_that_is_over_are_left_in_peace(
    pair: Pair, values: dict[str, object], reason: Reason
) -> None:
    pair.change(**values)
    pair.sweep(8)
    pair.sweep(12)
    assert pair.rows() == {"check_in day 7": reason}


def test_a_match_that_ended_before_a_turn_has_none(pair: Pair) -> None:
    pair.change(state=MatchState.COMPLETED, ended_at=NOON + timedelta(days=6))
    pair.sweep(20)
    assert pair.rows() == {}


def test_a_mentor_with_three_mentees_gets_one_message(pair: Pair) -> None:
    others = [make.student(pair.units, name) for name in ("Noor Bakker", "Lee Chan")]
    for other in others:
        make.match(pair.units, other, pair.mentor)
    pair.sweep(7)
    assert Counter(pair.told(Kind.CHECK_IN)) == {person.id: 1 for person in (pair.mentor, pair.student, *others)}
    with pair.units.read(member(pair.mentor.id)) as reading:
        asks = open_asks(reading, pair.mentor.id)
        (sheet_id,) = {ask.sheet_id for ask in asks}
        assert sheet_id
        sheet = sheet_view(reading, sheet_id)
    assert {ask.partner_name for ask in sheet.asks} == {"Mia Tan", "Noor Bakker", "Lee Chan"}
    with pytest.raises(NotFound), pair.units.read(member(pair.student.id)) as reading:
        sheet_view(reading, sheet_id)


def test_one_tap_answers_once_and_for_staff_alone(pair: Pair) -> None:
    pair.sweep(7)
    with pair.at(7.1).work(member(pair.student.id)) as work:
        answer_check_in(work, pair.open(), CheckInAnswer.NOT_MET)
    (said,) = pair.said()
    assert (said.kind, said.answer, said.shared) == (FeedbackKind.CHECK_IN, "We haven't met", False)
    assert pair.rows() == {"check_in day 7": "answered"}
    assert pair.rows(pair.mentor) == {"check_in day 7": "asked"}


def test_of_twenty_clicks_at_once_one_is_the_answer(pair: Pair) -> None:
    pair.sweep(7)
    ask_id = pair.open()

    def click(number: int) -> str:
        answer = list(CheckInAnswer)[number % 3]
        try:
            with pair.at(7).work(member(pair.student.id)) as work:
                answer_check_in(work, ask_id, answer)
        except DomainError as refusal:
            return f"{refusal.code} {refusal.facts['answer']}"
        return f"done {answer}"

    with ThreadPoolExecutor(CROWD) as pool:
        outcomes = Counter(pool.map(click, range(CROWD)))
    (said,) = pair.said()
    assert outcomes == {f"done {said.answer}": 1, f"ask_answered {said.answer}": CROWD - 1}


def test_sweeps_at_once_ask_once(pair: Pair) -> None:
    for name in ("Noor Bakker", "Lee Chan"):
        make.match(pair.units, make.student(pair.units, name), pair.mentor)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(pair.sweep, [7, 7, 7, 7]))
    assert pair.rows(pair.mentor).keys() == {"check_in day 7"}
    assert len(pair.told(Kind.CHECK_IN)) == 4
    with pair.units.read(SYSTEM) as reading:
        assert len(reading.session.scalars(select(Ask.id)).all()) == 6


def test_a_rating_is_private_unless_shared(pair: Pair) -> None:
    pair.sweep(30)
    with pair.at(30).work(member(pair.student.id)) as work:
        rate(work, pair.open(), Rating(2, "Too few meetings."))
    assert pair.told(Kind.FEEDBACK_SHARED) == []
    with pair.at(30).work(member(pair.mentor.id)) as work:
        rate(work, pair.open(pair.mentor), Rating(5, "A joy.", shared=True))
    assert pair.told(Kind.FEEDBACK_SHARED) == [pair.student.id]
    with pair.units.read(member(pair.student.id)) as reading:
        assert feedback_view(reading, pair.said()[1].id).comment == "A joy."
    with pytest.raises(NotFound), pair.units.read(member(pair.mentor.id)) as reading:
        feedback_view(reading, pair.said()[0].id)
    with pytest.raises(DomainError, match="ask_answered"), pair.at(30).work(member(pair.mentor.id)) as work:
        rate(work, work.session.scalars(select(Ask.id).where(Ask.state == AskState.ANSWERED)).one(), Rating(1))


def test_feedback_without_being_asked_answers_an_open_ask_and_else_stands_alone(pair: Pair) -> None:
    with pair.at(20).work(member(pair.student.id)) as work:
        give_feedback(work, pair.match_id, Rating(4))
    pair.sweep(30)
    with pair.at(30).work(member(pair.student.id)) as work:
        give_feedback(work, pair.match_id, Rating(3))
    assert [(said.rating, said.kind, said.ask_id is None) for said in pair.said()] == [
        (4, FeedbackKind.SURVEY, True),
        (3, FeedbackKind.SURVEY, False),
    ]
    assert pair.rows()["survey day 30"] == "answered"


@pytest.mark.parametrize("day", [20, 30])
def test_feedback_that_is_sent_many_times_at_once_is_said_and_shared_once(pair: Pair, day: int) -> None:
    """Whether it stands alone or answers a survey."""
    pair.sweep(day)

    def send(_: int) -> None:
        with pair.at(day).work(member(pair.student.id)) as work:
            give_feedback(work, pair.match_id, Rating(4, "Thank you.", shared=True))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(8)))
    assert [said.rating for said in pair.said()] == [4]
    assert pair.told(Kind.FEEDBACK_SHARED) == [pair.mentor.id]
    with pair.at(day + 1).work(member(pair.student.id)) as work:
        give_feedback(work, pair.match_id, Rating(4, "Thank you.", shared=True))
    assert len(pair.said()) == 2


def test_of_twenty_ratings_at_once_one_answers(pair: Pair) -> None:
    pair.sweep(30)
    ask_id = pair.open()

    def send(number: int) -> str:
        try:
            with pair.at(30).work(member(pair.student.id)) as work:
                rate(work, ask_id, Rating(1 + number % 5, shared=True))
        except DomainError as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(CROWD) as pool:
        assert Counter(pool.map(send, range(CROWD))) == {"done": 1, "ask_answered": CROWD - 1}
    assert pair.told(Kind.FEEDBACK_SHARED) == [pair.mentor.id]


def test_strangers_neither_see_nor_answer(pair: Pair) -> None:
    pair.sweep(7)
    for stranger in (pair.mentor, make.student(pair.units)):
        with pytest.raises(NotFound), pair.at(7).work(member(stranger.id)) as work:
            answer_check_in(work, pair.open(), CheckInAnswer.GOING_WELL)
    stranger = make.student(pair.units)
    acts: list[Callable[..., object]] = [
        lambda work: give_feedback(work, pair.match_id, Rating(3)),
        lambda work: ask_for_help(work, pair.match_id, "Hm.", block=False),
    ]
    for act in acts:
        with pytest.raises(NotFound), pair.at(7).work(member(stranger.id)) as work:
            act(work)


def test_an_ask_lapses_after_thirty_days_and_says_so_to_who_answers_late(pair: Pair) -> None:
    pair.change(cadence_days=90)
    pair.sweep(14)
    ask_id = pair.open()
    pair.sweep(43)
    assert pair.rows()["check_in day 14"] == "asked"
    pair.sweep(44.1)
    assert pair.rows()["check_in day 14"] == "lapsed"
    with pytest.raises(DomainError, match="ask_lapsed"), pair.at(45).work(member(pair.student.id)) as work:
        answer_check_in(work, ask_id, CheckInAnswer.GOING_WELL)


def test_at_the_end_both_are_asked_once_and_nothing_else_stays_open(pair: Pair) -> None:
    pair.sweep(30)
    pair.change(state=MatchState.COMPLETED, ended_at=NOON + timedelta(days=31))

    def end(_: int) -> None:
        with pair.at(31).work(SYSTEM) as work:
            ask_closing(work, pair.match_id)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(end, range(8)))
    assert pair.rows()["survey day 30"] == "lapsed"
    assert pair.rows()["closing end"] == "asked"
    assert Counter(pair.told(Kind.SURVEY)) == {pair.student.id: 2, pair.mentor.id: 2}
    with pair.at(32).work(member(pair.mentor.id)) as work:
        rate(work, pair.open(pair.mentor), Rating(5))
        assert work.session.get_one(Ask, pair.open(pair.mentor)).kind is AskKind.CLOSING
    with pytest.raises(NoMatch), pair.at(33).work(member(pair.mentor.id)) as work:
        give_feedback(work, pair.match_id, Rating(5))


def test_who_left_is_asked_nothing_and_their_partner_neither(pair: Pair) -> None:
    with pair.units.work(SYSTEM) as work:
        work.session.get_one(User, pair.mentor.id).state = PersonState.LEFT
    pair.sweep(7)
    assert pair.rows(pair.mentor) == {}
    assert pair.rows(pair.student) == {"check_in day 7": Reason.PARTNER_GONE}
