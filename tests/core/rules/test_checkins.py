"""What is asked when: each turn once, in the person's daytime, and only where the answer is not known."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.rules.checkins import (
    Ask,
    AskAnswered,
    AskKind,
    AskLapsed,
    AskState,
    Circumstances,
    Decision,
    NotYet,
    Rating,
    Reason,
    Skip,
    Slot,
    check_in_days,
    checked_help,
    checked_rating,
    decide,
    met_lately,
    newest,
    require_open,
    slots,
)
from core.rules.errors import InvalidFields
from core.rules.matches import MatchState

AMSTERDAM, AUCKLAND, NEW_YORK = (
    ZoneInfo(name) for name in ("Europe/Amsterdam", "Pacific/Auckland", "America/New_York")
)
START = datetime(2030, 3, 1, 12, tzinfo=UTC)
FINE = Circumstances(MatchState.ACTIVE)
zones = some.sampled_from(["UTC", "Europe/Amsterdam", "Pacific/Auckland", "America/St_Johns", "Asia/Kathmandu"])
starts = some.floats(0, 700).map(lambda days: datetime(2029, 1, 1, tzinfo=UTC) + timedelta(days=days))
cadences = some.none() | some.integers(1, 365)


def due(days: float, tz: ZoneInfo = AMSTERDAM, cadence: int | None = None) -> tuple[Slot, ...]:
    return slots(START, tz, cadence, START + timedelta(days=days))


def check_in(day: int) -> Slot:
    return next(one for one in due(400) if (one.kind, one.day) == (AskKind.CHECK_IN, day))


@pytest.mark.parametrize(
    ("cadence", "days"),
    [(None, [7, 14, 44, 74, 104]), (7, [7, 14, 44, 74, 104]), (30, [7, 14, 44, 74, 104]), (60, [7, 14, 74, 134, 194])],
)
def test_check_ins_come_every_30_days_or_as_rarely_as_the_pair_meets(cadence: int | None, days: list[int]) -> None:
    assert list(islice(check_in_days(cadence), 5)) == days


def test_surveys_come_after_30_and_90_days() -> None:
    assert [one.day for one in due(400) if one.kind is AskKind.SURVEY] == [30, 90]


def test_a_turn_begins_at_nine_on_the_persons_own_calendar_also_after_the_clocks_changed() -> None:
    assert check_in(7).due_at == datetime(2030, 3, 8, 8, tzinfo=UTC)
    after_the_change = check_in(44)  # Amsterdam is on summer time since 31 March
    assert after_the_change.due_at == datetime(2030, 4, 14, 7, tzinfo=UTC)
    (first, *_) = slots(START, AUCKLAND, None, START + timedelta(days=10))
    assert first.due_at == datetime(2030, 3, 8, 20, tzinfo=UTC)  # there the match began on 2 March


@given(starts, zones, cadences, some.lists(some.floats(0, 400), min_size=1, max_size=30))
def test_however_late_and_often_one_looks_each_turn_is_decided_once_and_one_of_a_kind_asked(
    start: datetime, zone: str, cadence: int | None, looks: list[float]
) -> None:
    """Sweeps in the order of time, as late as they like: a turn that was decided is not looked at again."""
    tz, decided = ZoneInfo(zone), dict[Slot, Decision]()
    for days in sorted(looks):
        now = start + timedelta(days=days)
        found = slots(start, tz, cadence, now)
        assert len(set(found)) == len({(one.kind, one.name) for one in found})
        assert set(decided) <= set(found)
        fresh = {
            one: decide(one, is_newest=one == newest(found, one.kind), now=now, tz=tz, known=FINE)
            for one in found
            if one not in decided
        }
        asked = [one.kind for one, decision in fresh.items() if decision == Ask()]
        assert len(set(asked)) == len(asked)
        decided |= {one: decision for one, decision in fresh.items() if decision != NotYet()}
    late = [one for one in decided if decided[one] == Skip(Reason.TOO_LATE)]
    assert all(any(other.kind == one.kind and other.due_at > one.due_at for other in found) for one in late)


@given(starts, zones, cadences, some.floats(0, 400))
def test_nobody_is_asked_before_nine_or_at_night(start: datetime, zone: str, cadence: int | None, days: float) -> None:
    tz, now = ZoneInfo(zone), start + timedelta(days=days)
    found = slots(start, tz, cadence, now)
    for one in found:
        assert one.due_at.astimezone(tz).time().hour == 9
        is_newest = one == newest(found, one.kind)
        decision = decide(one, is_newest=is_newest, now=now, tz=tz, known=FINE)
        if isinstance(decision, Ask):
            assert 9 <= now.astimezone(tz).hour < 21
        assert is_newest or decision == Skip(Reason.TOO_LATE)


def at(days: float) -> datetime:
    return START + timedelta(days=days)


@pytest.mark.parametrize(
    ("day", "known", "reason"),
    [
        (7, {"last_met": at(1)}, Reason.FIRST_MEETING),
        (44, {"last_met": at(31)}, met_lately(timedelta(days=14))),
        (44, {"last_met": at(5), "cadence_days": 40}, met_lately(timedelta(days=40))),
        (44, {"last_met": at(20)}, None),
        (7, {"state": MatchState.PAUSED}, Reason.PAUSED),
        (7, {"state": MatchState.COMPLETED}, Reason.OVER),
        (7, {"state": MatchState.ENDED, "last_met": at(1)}, Reason.OVER),
        (14, {"survey_today": True}, Reason.SURVEY),
        (14, {"meeting_today": True}, Reason.MEETING_ASKED),
        (14, {"asked_for_help": True}, Reason.HELP),
        (14, {"partner_gone": True}, Reason.PARTNER_GONE),
        (14, {"last_told": at(10)}, Reason.TOLD),
        (14, {"last_told": at(3)}, None),
        (14, {"last_asked": at(11)}, Reason.ASKED),
        (14, {"last_asked": at(7)}, None),
    ],
)
def test_who_need_not_be_asked_is_left_out_for_a_reason(day: int, known: dict[str, object], reason: str | None) -> None:
    slot = check_in(day)
    now = slot.due_at + timedelta(hours=1)
    decision = decide(slot, is_newest=True, now=now, tz=AMSTERDAM, known=replace(FINE, **known))  # type: ignore[arg-type]
    assert decision == (Skip(reason) if reason else Ask())


def test_a_survey_is_no_less_worth_asking_after_a_meeting() -> None:
    survey = next(one for one in due(40) if one.kind is AskKind.SURVEY)
    met = replace(FINE, last_met=at(29), meeting_today=True)
    assert decide(survey, is_newest=True, now=survey.due_at, tz=AMSTERDAM, known=met) == Ask()


def test_before_its_moment_and_at_night_nothing_is_decided() -> None:
    slot = check_in(7)
    for now in (
        slot.due_at - timedelta(seconds=1),
        slot.due_at + timedelta(hours=12),
        slot.due_at + timedelta(hours=23),
    ):
        assert decide(slot, is_newest=True, now=now, tz=AMSTERDAM, known=FINE) == NotYet()


def test_a_second_answer_and_a_late_one_are_refused_with_what_stands() -> None:
    require_open(AskState.ASKED, "")
    with pytest.raises(AskAnswered) as refusal:
        require_open(AskState.ANSWERED, "Going well")
    assert refusal.value.facts == {"answer": "Going well"}
    with pytest.raises(AskLapsed):
        require_open(AskState.LAPSED, "")


@pytest.mark.parametrize(
    ("rating", "field"), [(Rating(0), "rating"), (Rating(6), "rating"), (Rating(3, "x" * 3001), "comment")]
)
def test_a_rating_that_cannot_be_is_refused_at_its_field(rating: Rating, field: str) -> None:
    with pytest.raises(InvalidFields) as refusal:
        checked_rating(rating)
    assert set(refusal.value.problems) == {field}
    assert checked_rating(Rating(5, " Good. ")).comment == "Good."


@pytest.mark.parametrize("what", ["", " \n", "x" * 3001])
def test_a_report_needs_words_and_not_a_book(what: str) -> None:
    with pytest.raises(InvalidFields):
        checked_help(what)
