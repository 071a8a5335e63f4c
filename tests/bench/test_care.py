"""A simulated year, in small; and how it is measured."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.health import THRESHOLDS, Facts
from tests.bench.care import shortcut
from tests.bench.care.choosing import ALERT, choose
from tests.bench.care.courses import Course, Encounter, Truth
from tests.bench.care.measuring import flags_of, measure
from tests.bench.care.outcome import live
from tests.bench.care.run import report
from tests.bench.care.world import make

ONE, TWO = 1, 2


def course(over_on: int | None, failing_from: int | None = None) -> Truth:
    met = tuple(Encounter(day, 30, planned=False) for day in range(10, over_on or 360, 20))
    kind = Course.THRIVES if over_on is None else Course.FADES
    return Truth(kind, 0, 20, 20, False, True, met, failing_from=failing_from or over_on, over_on=over_on)


def test_a_flag_is_right_if_the_match_had_begun_to_fail_or_was_over_within_60_days() -> None:
    truths = {ONE: course(over_on=200, failing_from=150)}
    found = measure(truths, {ONE: [100, 141, 160]}, 365)
    assert (found.flags, found.right) == (3, 2)
    assert (found.failed, found.found, found.leads, found.delays) == (1, 1, (59,), (-49,))


def test_a_flag_long_after_the_end_finds_nothing_any_more() -> None:
    found = measure({ONE: course(over_on=100)}, {ONE: [131]}, 365)
    assert (found.precision, found.recall, found.leads) == (1.0, 0.0, ())


def test_flags_on_a_match_that_does_well_are_wrong_once_their_time_is_over() -> None:
    found = measure({ONE: course(None), TWO: course(None)}, {ONE: [300, 310]}, 365)
    assert (found.flags, found.right, found.pairs_flagged_wrongly, found.pairs_well) == (1, 0, 1, 2)


def test_a_match_that_failed_just_before_the_year_ends_is_left_out() -> None:
    assert measure({ONE: course(over_on=350)}, {}, 365).failed == 0


def test_a_flag_is_raised_once_for_each_time_at_risk() -> None:
    silent, met = Facts(age=200, silence=100, had_contact=True), Facts(age=200, silence=1, had_contact=True)
    kept = [(day, ONE, silent if day in (3, 4, 5, 9) else met) for day in range(12)]
    assert flags_of(kept, THRESHOLDS) == {ONE: [3, 9]}


def test_thresholds_are_chosen_for_what_they_find() -> None:
    world = make(1, 6, 200)
    kept, truths = shortcut.facts(world), shortcut.truths(world)
    chosen = choose(kept, truths, 200, lambda _: None)
    assert measure(truths, flags_of(kept, chosen), 200).f1 >= measure(truths, flags_of(kept, ALERT), 200).f1


@given(st.integers(0, 50), st.integers(1, 30), st.integers(30, 400))
def test_a_world_is_made_of_its_seed_and_can_be_taken_apart(seed: int, matches: int, days: int) -> None:
    world = make(seed, matches, days)
    assert make(seed, matches, days) == world
    assert len(world.couples) == matches
    parts = [world.part(number, 2) for number in range(2)]
    assert sorted(one.number for part in parts for one in part.couples) == list(range(matches))
    assert not set(parts[0].people) & set(parts[1].people)
    for couple in world.couples:
        truth = couple.truth
        assert (truth.over_on is None) == (truth.failing_from is None) == (truth.course is Course.THRIVES) or (
            truth.course is Course.THRIVES and truth.over_on is not None  # one of them leaves
        )
        assert all(one.day <= (truth.over_on or 10_000) for one in truth.encounters)
        assert truth.failing_from is None or truth.over_on is None or truth.failing_from <= truth.over_on


@pytest.mark.timeout(300)
def test_a_small_world_keeps_every_promise_and_the_shortcut_knows_what_the_service_knows() -> None:
    world = make(3, 10, 36)
    outcome = live(world, {}, keep_facts=True)
    broken = {promise.says: promise.broken for promise in outcome.promises if promise.broken}
    assert not broken
    assert all(promise.looked_at for promise in outcome.promises if "digest a day" not in promise.says)
    assert any(line.startswith("at risk: precision") for line in report(outcome, 36))
    quick = {(day, number): one for day, number, one in shortcut.facts(world)}
    same = [abs(one.silence - quick[day, number].silence) < 2 for day, number, one in outcome.facts if one.age > 1]
    assert sum(same) > 0.8 * len(same)
