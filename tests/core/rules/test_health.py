"""How a match does, by what the pair did and said."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.checkins import CheckInAnswer
from core.rules.health import THRESHOLDS, Facts, HealthState, Side, health

ORDER = (HealthState.HEALTHY, HealthState.WATCH, HealthState.AT_RISK)
WELL = Facts(age=100, silence=3, had_contact=True, cadence=14)

days = st.floats(0, 400)
sides = st.builds(
    Side,
    answer=st.none() | st.sampled_from(CheckInAnswer),
    answer_age=days,
    rating=st.none() | st.integers(1, 5),
    rating_age=days,
    unanswered=st.integers(0, 6),
    help_age=st.none() | days,
    has_left=st.booleans(),
)
facts = st.builds(
    Facts,
    age=days,
    silence=days,
    had_contact=st.booleans(),
    cadence=st.none() | st.integers(1, 365),
    meets_soon=st.booleans(),
    failed_meetings=st.integers(0, 6),
    paused=st.booleans(),
    student=sides,
    mentor=sides,
)


def without_help(one: Facts) -> Facts:
    return replace(one, student=replace(one.student, help_age=None), mentor=replace(one.mentor, help_age=None))


def weight(one: Facts) -> int:
    return ORDER.index(health(one).state)


def test_a_pair_that_meets_is_healthy_and_staff_have_nothing_to_do() -> None:
    found = health(WELL)
    assert (found.state, found.causes, found.step) == (HealthState.HEALTHY, (), "")


def test_silence_is_told_with_the_rhythm_that_was_agreed() -> None:
    found = health(replace(WELL, silence=70.6))
    assert found.state is HealthState.AT_RISK
    assert found.causes == ("Nothing has been heard of a meeting for 70 days; they agreed to meet every 14 days.",)
    assert found.step == "Ask both how it goes, and whether they want to go on, pause or finish."


def test_a_first_meeting_that_never_came_is_told_as_such() -> None:
    found = health(Facts(age=60, silence=60))
    assert found.state is HealthState.WATCH
    assert found.causes == ("Nothing has been heard of a first meeting in 60 days.",)
    assert health(Facts(age=105, silence=105)).state is HealthState.AT_RISK


def test_a_planned_meeting_makes_silence_weigh_less() -> None:
    silent = replace(WELL, silence=70)
    assert health(replace(silent, meets_soon=True)).state is HealthState.WATCH


def test_one_sign_is_to_watch_and_two_are_a_risk() -> None:
    one = replace(WELL, student=Side(CheckInAnswer.COULD_BE_BETTER, 12))
    assert health(one).state is HealthState.WATCH
    assert health(one).causes == ("The student said “Could be better” 12 days ago.",)
    two = replace(one, mentor=Side(rating=2, rating_age=0.5))
    assert health(two).state is HealthState.AT_RISK
    assert health(two).causes[1] == "The mentor gave it 2 of 5 today."


def test_two_who_do_not_answer_are_one_sign_since_they_may_still_meet() -> None:
    found = health(replace(WELL, student=Side(unanswered=5), mentor=Side(unanswered=4)))
    assert found.state is HealthState.WATCH
    assert found.causes == (
        "The student left our last five questions unanswered and the mentor left our last four questions unanswered.",
    )


def test_who_left_is_named_and_staff_speak_to_the_other() -> None:
    found = health(replace(WELL, mentor=Side(has_left=True)))
    assert found.state is HealthState.AT_RISK
    assert found.step.startswith("Speak to the student")


def test_a_call_for_help_counts_in_grace_and_in_a_pause() -> None:
    for one in (Facts(age=1, silence=1), replace(WELL, paused=True)):
        found = health(replace(one, student=Side(help_age=2)))
        assert found.state is HealthState.AT_RISK
        assert found.causes == ("The student asked for help privately two days ago.",)


def test_what_was_said_long_ago_does_not_count() -> None:
    old = THRESHOLDS.fresh_days + 1
    assert health(replace(WELL, student=Side(CheckInAnswer.NOT_MET, old, 1, old))).state is HealthState.HEALTHY


@given(facts)
def test_every_flag_names_its_causes_and_one_step_and_nothing_else_does(one: Facts) -> None:
    found = health(one)
    flagged = found.state in (HealthState.WATCH, HealthState.AT_RISK)
    assert flagged == bool(found.causes) == bool(found.step)
    assert all(cause.endswith(".") for cause in found.causes)


@given(facts, days)
def test_more_silence_never_makes_it_healthier(one: Facts, longer: float) -> None:
    if health(one).state is not HealthState.TOO_EARLY:
        assert weight(replace(one, silence=one.silence + longer)) >= weight(one)


@given(facts, st.integers(0, 6))
def test_more_that_is_left_unanswered_never_makes_it_healthier(one: Facts, more: int) -> None:
    side = replace(one.student, unanswered=one.student.unanswered + more)
    if health(one).state is not HealthState.TOO_EARLY:
        assert weight(replace(one, student=side)) >= weight(one)


@given(facts)
def test_nobody_in_grace_or_in_a_pause_is_at_risk_without_a_call_for_help(one: Facts) -> None:
    quiet = without_help(one)
    assert health(replace(quiet, paused=True)).state in (HealthState.HEALTHY, HealthState.TOO_EARLY)
    assert health(replace(quiet, age=THRESHOLDS.grace_days - 1)).state is HealthState.TOO_EARLY


@pytest.mark.parametrize("cadence", [1, 7])
def test_a_week_of_silence_is_never_a_sign(cadence: int) -> None:
    assert health(replace(WELL, cadence=cadence, silence=7)).state is HealthState.HEALTHY
