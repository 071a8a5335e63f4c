"""What staff may set: bounds, sentences, and the days that follow."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from core.ask_words import first_line
from core.rules.attention import QuietHours
from core.rules.checkins import AskKind, AskState, Days, check_in_days, slots
from core.rules.errors import InvalidFields
from core.rules.matches import MatchState
from core.rules.policies import USUAL, Policies, changes, checked
from core.rules.policy_fields import FIELDS, Number
from core.services.asks import AskView

TYPED = {name: str(value) for name, value in USUAL.as_json().items()}
NUMBERS = [field for field in FIELDS.values() if isinstance(field, Number)]


def problems(**typed: str) -> dict[str, str]:
    with pytest.raises(InvalidFields) as caught:
        checked(TYPED | typed)
    return caught.value.problems


def test_what_comes_with_ithaca_can_be_saved_as_it_is() -> None:
    assert checked(TYPED) == USUAL
    assert set(TYPED) == set(FIELDS)
    assert (USUAL.offer_time, USUAL.remind_before) == (timedelta(hours=72), timedelta(hours=24))
    assert (USUAL.days, USUAL.quiet) == (Days(), QuietHours())


@pytest.mark.parametrize("field", NUMBERS, ids=lambda field: field.name)
def test_a_number_has_bounds_and_a_sentence(field: Number) -> None:
    said = f"Please write a whole number from {field.least} to {field.most}."
    for typed in ("", "-1", "1.5", "ten", str(field.most + 1), "9" * 5000, str(field.least - 1)):
        assert problems(**{field.name: typed})[field.name] == said
    assert field.least <= USUAL.as_json()[field.name] <= field.most


def test_steps_have_to_come_in_order() -> None:
    assert "less than the time to answer" in problems(offer_hours="24", reminder_hours="24")["reminder_hours"]
    assert "before staff are told" in problems(refer_hours="20", staff_hours="20")["refer_hours"]


def test_a_text_is_tidied_and_bounded() -> None:
    kept = checked(TYPED | {"agenda": "  Say hello \r\n\r\n Pick a book ", "contact": " Room 4 "})
    assert (kept.agenda_points, kept.contact) == (("Say hello", "Pick a book"), "Room 4")
    assert problems(contact="a\nb") == {"contact": "Please keep this to one line and 200 characters."}
    assert problems(agenda="a\nb\nc\nd") == {"agenda": "Please keep this to 3 lines and 600 characters."}
    assert set(problems(welcome="a" * 601)) == {"welcome"}


def test_older_versions_are_read_with_what_is_usual() -> None:
    assert Policies.from_json({"offer_hours": 48, "gone since": 1}) == replace(USUAL, offer_hours=48)


def test_changes_name_the_field_and_both_values() -> None:
    (found,) = changes(USUAL, replace(USUAL, welcome="Welcome."))
    assert (found[0].label, found[1], found[2]) == ("Welcome", "", "Welcome.")


def test_days_and_quiet_hours_follow() -> None:
    set_ = replace(USUAL, first_check_in=5, second_check_in=12, every_days=21, first_survey=40, quiet_from=22)
    assert list(islice(check_in_days(None, set_.days), 4)) == [5, 12, 33, 54]
    assert list(islice(check_in_days(60, set_.days), 3)) == [5, 12, 72]
    assert set_.quiet == QuietHours(time(22), time(8))
    began = datetime(2030, 3, 1, 12, tzinfo=UTC)
    due = slots(began, ZoneInfo("UTC"), None, began + timedelta(days=41), set_.days)
    assert [(one.kind, one.day, one.is_first) for one in due] == [
        (AskKind.CHECK_IN, 5, True),
        (AskKind.CHECK_IN, 12, False),
        (AskKind.CHECK_IN, 33, False),
        (AskKind.SURVEY, 40, False),
    ]


@pytest.mark.parametrize(
    ("kind", "day", "said"),
    [
        (AskKind.CHECK_IN, 7, "You and Kim were introduced a week ago."),
        (AskKind.CHECK_IN, 5, "You and Kim were introduced 5 days ago."),
        (AskKind.CHECK_IN, 14, "Two weeks with Kim have passed."),
        (AskKind.CHECK_IN, 12, "12 days with Kim have passed."),
        (AskKind.CHECK_IN, 33, "How is it going with Kim?"),
        (AskKind.SURVEY, 30, "have worked together for a month."),
        (AskKind.SURVEY, 45, "have worked together for 45 days."),
    ],
)
def test_the_question_names_the_time_that_has_passed(kind: AskKind, day: int, said: str) -> None:
    nobody = UUID(int=1)
    ask = AskView(
        nobody, None, nobody, MatchState.ACTIVE, kind, f"day {day}", AskState.ASKED, None, nobody, "Kim", None, True
    )
    assert said in first_line("Kim", ask)
