"""Whom to ask directly: by fit, habit and load; never more than three, and never who does not fit."""

from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from core.rules.referrals import (
    LEAST_ALIKE,
    MOST_ASKED,
    Candidate,
    Habit,
    Load,
    choose,
    ease,
    fit,
    habit,
    is_fit,
    score,
    shared_topics,
)
from core.taxonomy import BUILT_IN

few = st.integers(0, 20)
loads = st.builds(Load, running=few, mentees=few, places=few, asked_lately=few)
habits = st.builds(Habit, taken=few, passed=few, answered=few, released=few, silent=few)
shares = st.floats(0, 1)
topics = st.lists(st.sampled_from(("Python", "Law", "Design")), unique=True).map(tuple)
candidates = st.builds(Candidate, mentor_id=st.uuids(), shared=topics, alike=shares, load=loads, habit=habits)


@given(st.lists(candidates, max_size=12, unique_by=lambda one: one.mentor_id), st.integers(1, 5))
def test_at_most_three_who_fit_are_asked_best_first(found: list[Candidate], number: int) -> None:
    chosen = choose(found, number)
    fitting = {one.mentor_id: one for one in found if is_fit(one)}
    assert len(chosen) == min(MOST_ASKED, len(fitting))
    assert [each.score for each in chosen] == sorted((each.score for each in chosen), reverse=True)
    assert all(each.shared == fitting[each.mentor_id].shared for each in chosen)
    left = [score(one, number) for id_, one in fitting.items() if id_ not in {each.mentor_id for each in chosen}]
    assert not left or not chosen or max(left) <= chosen[-1].score


@given(st.lists(candidates, max_size=8, unique_by=lambda one: one.mentor_id), st.randoms())
def test_the_order_in_which_mentors_are_looked_at_decides_nothing(found: list[Candidate], random: object) -> None:
    mixed = list(found)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert choose(found, 3) == choose(mixed, 3)


@given(candidates, st.integers(0, 5))
def test_a_score_lies_between_0_and_1(one: Candidate, number: int) -> None:
    assert 0 <= score(one, number) <= 1


@given(candidates, st.integers(3, 5))
def test_one_more_topic_in_common_never_lowers_the_score(one: Candidate, number: int) -> None:
    assert fit((*one.shared, "Chess"), one.alike, number) >= fit(one.shared, one.alike, number)


@given(loads)
def test_whatever_is_more_to_do_never_makes_anybody_freer(load: Load) -> None:
    for more in (
        replace(load, running=load.running + 1),
        replace(load, mentees=load.mentees + 1),
        replace(load, asked_lately=load.asked_lately + 1),
    ):
        assert ease(more) <= ease(load)


@given(habits)
def test_who_claims_and_answers_is_asked_more_readily_and_who_goes_silent_less(known: Habit) -> None:
    assert habit(replace(known, taken=known.taken + 1)) >= habit(known)
    assert habit(replace(known, passed=known.passed + 1)) <= habit(known)
    assert habit(replace(known, answered=known.answered + 1)) >= habit(known)
    assert habit(replace(known, silent=known.silent + 1)) <= habit(replace(known, released=known.released + 1))
    assert habit(replace(known, released=known.released + 1)) <= habit(known)


def test_a_question_is_nobodys_business_who_shares_no_topic_and_reads_differently() -> None:
    stranger = Candidate(UUID(int=1), (), LEAST_ALIKE - 0.01)
    assert not is_fit(stranger)
    assert choose([stranger], 2) == ()
    assert is_fit(replace(stranger, alike=LEAST_ALIKE))
    assert is_fit(replace(stranger, shared=("Law",)))


def test_among_equals_those_are_asked_who_were_not_asked_lately() -> None:
    several = [Candidate(UUID(int=number), ("Law",), 0.5, Load(asked_lately=number % 2)) for number in range(6)]
    assert {fit.mentor_id.int for fit in choose(several, 1)} == {0, 2, 4}


def test_topics_in_common_are_found_whatever_their_spelling_and_told_as_they_were_asked() -> None:
    assert shared_topics(("k8s", "Baking"), ("Kubernetes", "Python"), BUILT_IN) == ("k8s",)
    assert shared_topics(("ML",), ("machine learning",), BUILT_IN) == ("ML",)
