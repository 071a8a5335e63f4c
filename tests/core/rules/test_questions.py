"""What may be asked, and that a question always has a next step with a date until it is over."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.errors import InvalidFields
from core.rules.profiles import TAG, TEXT
from core.rules.questions import (
    CHECK_TIME,
    DECIDE_TIME,
    MOST_OPEN,
    MOST_TOPICS,
    QUESTION,
    REFER_AFTER,
    STAFF_AFTER,
    STAFF_AGAIN,
    WAITING,
    EnoughQuestions,
    NewQuestion,
    QuestionFacts,
    QuestionMoved,
    QuestionState,
    QuestionStep,
    checked,
    may_ask,
    move,
    next_step,
)

ASKED = datetime(2030, 3, 1, 12, tzinfo=UTC)
moments = st.none() | st.integers(0, 200).map(lambda hours: ASKED + timedelta(hours=hours))


def problems(asked: NewQuestion) -> set[str]:
    with pytest.raises(InvalidFields) as refusal:
        checked(asked)
    return set(refusal.value.problems)


def test_each_problem_stands_at_its_field() -> None:
    assert problems(NewQuestion(" \n", "x" * (TEXT + 1), (" ",))) == {"question", "details", "topics"}
    assert problems(NewQuestion("x" * (QUESTION + 1), topics=("Python",))) == {"question"}
    assert problems(NewQuestion("Why?", topics=tuple(map(str, range(MOST_TOPICS + 1))))) == {"topics"}
    assert problems(NewQuestion("Why?", topics=("x" * (TAG + 1),))) == {"topics"}


@given(st.text(), st.text(), st.lists(st.text(), max_size=8).map(tuple))
def test_what_is_taken_once_is_taken_as_it_is(question: str, details: str, topics: tuple[str, ...]) -> None:
    try:
        taken = checked(NewQuestion(question, details, topics))
    except InvalidFields:
        return
    assert checked(taken) == taken
    assert len(set(taken.topics)) == len(taken.topics) <= MOST_TOPICS


def test_of_the_questions_of_one_student_so_many_wait_at_a_time() -> None:
    for waiting in range(MOST_OPEN):
        may_ask(waiting)
    with pytest.raises(EnoughQuestions) as refusal:
        may_ask(MOST_OPEN)
    assert refusal.value.facts == {"most": MOST_OPEN}


@given(
    st.builds(
        QuestionFacts,
        state=st.sampled_from(QuestionState),
        created_at=st.just(ASKED),
        checked_at=moments,
        opened_at=moments,
        referred_at=moments,
        staff_told_at=moments,
        remind_at=st.integers(1, 200).map(lambda hours: ASKED + timedelta(hours=hours)),
        reminded_at=moments,
    )
)
def test_what_waits_has_a_next_step_with_a_date(facts: QuestionFacts) -> None:
    step, moment = next_step(facts)
    assert (moment is not None) == (step is not QuestionStep.NONE) == (facts.state in WAITING)
    assert moment is None or moment > facts.created_at


def test_a_draft_is_posted_whether_or_not_anybody_looks_at_it() -> None:
    draft = QuestionFacts(QuestionState.DRAFT, ASKED)
    assert next_step(draft) == (QuestionStep.CHECK, ASKED + CHECK_TIME)
    found = QuestionFacts(QuestionState.DRAFT, ASKED, checked_at=ASKED + timedelta(seconds=3))
    assert next_step(found) == (QuestionStep.POST, ASKED + timedelta(seconds=3) + DECIDE_TIME)


def test_nothing_leads_out_of_an_end() -> None:
    way = (QuestionState.DRAFT, QuestionState.OPEN, QuestionState.CLAIMED, QuestionState.ANSWERED)
    for old, new in pairwise(way):
        assert move(old, new) is new
    for end in (QuestionState.ANSWERED, QuestionState.CLOSED):
        for state in QuestionState:
            with pytest.raises(QuestionMoved):
                move(end, state)


def test_an_open_question_goes_to_mentors_who_fit_and_then_to_staff_again_and_again() -> None:
    opened = QuestionFacts(QuestionState.OPEN, ASKED, opened_at=ASKED)
    assert next_step(opened) == (QuestionStep.REFER, ASKED + REFER_AFTER)
    referred = replace(opened, referred_at=ASKED + REFER_AFTER)
    assert next_step(referred) == (QuestionStep.STAFF, ASKED + STAFF_AFTER)
    told = ASKED + STAFF_AFTER
    assert next_step(replace(referred, staff_told_at=told)) == (QuestionStep.STAFF, told + STAFF_AGAIN)


def test_as_much_as_is_allowed_is_taken() -> None:
    most = NewQuestion("x" * QUESTION, "x" * TEXT, tuple(f"{number}".rjust(TAG, "x") for number in range(MOST_TOPICS)))
    assert checked(most) == most
