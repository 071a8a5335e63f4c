"""`./ithaca bench questions`: the pairs, how a threshold is chosen, and that the one in use keeps its promise."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.encoder import load
from matching.similar import THRESHOLD
from tests.bench.questions.measuring import AIM, MARGIN, STEPS, Measured, measured
from tests.bench.questions.pairs import Pair, Part, pairs, questions
from tests.bench.questions.run import in_use, report
from tests.support.encoder import HashEncoder

cosines = st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=1, max_size=60)


def test_there_are_pairs_enough_and_no_family_stands_in_both_halves() -> None:
    asked = questions()
    related = [pair for pair in pairs(asked) if pair.part]
    assert len(related) >= 120
    assert 50 <= sum(pair.same for pair in related) <= len(related) - 50
    parts = {
        part: {asked[number].family for pair in related if pair.part is part for number in (pair.one, pair.other)}
        for part in Part
    }
    assert not parts[Part.CHOOSING] & parts[Part.HELD_OUT]
    assert len({one.question for one in asked}) == len(asked)


def test_pairs_of_different_families_never_ask_the_same() -> None:
    assert not any(pair.same for pair in pairs(questions()) if pair.part is None)


def of(told: list[tuple[bool, float]]) -> Measured:
    return Measured(tuple(Pair(0, 1, same, Part.CHOOSING) for same, _ in told), tuple(one for _, one in told))


@given(cosines)
def test_a_higher_threshold_never_finds_more(told: list[tuple[bool, float]]) -> None:
    found = [of(told).figures(Part.CHOOSING, step) for step in STEPS]
    assert all(more.recall >= less.recall for more, less in pairwise(found))
    assert all(0 <= one.precision <= 1 and 0 <= one.recall <= 1 for one in found)


@given(cosines)
def test_what_is_chosen_is_as_precise_as_aimed_at(told: list[tuple[bool, float]]) -> None:
    chosen = of(told).chosen()
    assert STEPS[0] < chosen <= STEPS[-1] + MARGIN
    assert of(told).figures(Part.CHOOSING, chosen).precision >= AIM


def test_the_report_names_the_threshold_in_use() -> None:
    told = "\n".join(report(HashEncoder()))
    assert "380 pairs, of which 152 ask the same" in told
    assert f"{THRESHOLD:9.2f}  P" in told
    assert told.count("in use") == 1


@pytest.mark.journey
def test_with_the_real_model_the_threshold_keeps_what_it_promises() -> None:
    asked = questions()
    found = measured(asked, pairs(asked), load(), in_use)
    assert found.chosen() == THRESHOLD
    for part in Part:
        assert found.figures(part, THRESHOLD).precision >= AIM
    assert found.figures(Part.HELD_OUT, THRESHOLD).recall >= 0.25
    assert found.unrelated(THRESHOLD) == 0
