"""How an offer's deadline waits for an answer, and for how long at most."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.errors import InvalidFields
from core.rules.offer_questions import (
    LEAST_TIME,
    MOST_QUESTIONS,
    MOST_WAITING,
    PATIENCE,
    NoMoreQuestions,
    QuestionWaiting,
    answer_by,
    checked,
    deadline_once_answered,
    deadline_once_asked,
    latest,
    may_ask,
)
from core.rules.offers import OFFER_TIME

OFFERED = datetime(2030, 3, 1, 12, tzinfo=UTC)
DEADLINE = OFFERED + OFFER_TIME
hours = st.floats(0, 72).map(lambda number: timedelta(hours=number))


@given(asked=hours, took=st.floats(0, 24).map(lambda number: timedelta(hours=number)))
def test_an_answer_within_a_day_leaves_at_least_as_much_time_as_there_was(asked: timedelta, took: timedelta) -> None:
    asked_at = OFFERED + asked
    answered_at = asked_at + took
    deadline = deadline_once_answered(DEADLINE, asked_at, answered_at, OFFERED)
    assert deadline - answered_at >= min(DEADLINE - asked_at, latest(OFFERED) - answered_at)
    assert deadline - answered_at >= min(LEAST_TIME, latest(OFFERED) - answered_at)


@given(asked=hours)
def test_a_silent_student_holds_a_wave_for_a_day(asked: timedelta) -> None:
    assert deadline_once_asked(DEADLINE, OFFERED) == DEADLINE + PATIENCE
    assert answer_by(OFFERED + asked) == OFFERED + asked + PATIENCE
    never = OFFERED + asked + timedelta(days=30)
    assert deadline_once_answered(DEADLINE, OFFERED + asked, never, OFFERED) <= latest(OFFERED)


@given(gaps=st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=1, max_size=6))
def test_however_much_is_asked_the_offer_ends_and_no_deadline_comes_nearer(gaps: list[tuple[float, float]]) -> None:
    deadline, now = DEADLINE, OFFERED
    for until_asked, until_answered in gaps:
        asked_at = now + timedelta(hours=until_asked)
        if asked_at > deadline:
            break
        before, deadline = deadline, deadline_once_asked(deadline, OFFERED)
        now = asked_at + timedelta(hours=until_answered)
        if now > deadline:
            break
        assert deadline >= before
        deadline = deadline_once_answered(before, asked_at, now, OFFERED)
        assert before <= deadline <= DEADLINE + MOST_WAITING


def test_a_question_answered_at_once_costs_nobody_time() -> None:
    assert deadline_once_answered(DEADLINE, OFFERED, OFFERED, OFFERED) == DEADLINE


def test_an_answer_in_the_last_minute_leaves_half_a_day_to_read_it() -> None:
    asked_at = DEADLINE - timedelta(minutes=5)
    answered_at = asked_at + timedelta(minutes=10)
    assert deadline_once_answered(DEADLINE, asked_at, answered_at, OFFERED) == answered_at + LEAST_TIME


def test_one_question_at_a_time_and_two_in_all() -> None:
    may_ask(asked=0, waiting=0)
    may_ask(asked=1, waiting=0)
    with pytest.raises(QuestionWaiting):
        may_ask(asked=1, waiting=1)
    with pytest.raises(NoMoreQuestions):
        may_ask(asked=MOST_QUESTIONS, waiting=0)


@pytest.mark.parametrize("text", ["", " \n\x07 ", "x" * 1501])
def test_an_empty_or_endless_text_is_refused_at_its_field(text: str) -> None:
    with pytest.raises(InvalidFields) as refusal:
        checked("question", text)
    assert set(refusal.value.problems) == {"question"}


def test_a_text_is_tidied() -> None:
    assert checked("answer", "  Two years.\x07\n") == "Two years."
