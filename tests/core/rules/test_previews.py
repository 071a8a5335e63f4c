"""Other weights, tried on waves made up for it."""

from uuid import UUID

import pytest

from core.rules.offers import OfferState
from core.rules.previews import ENOUGH, Asked, Preview, TriedWave, best, order, preview
from core.rules.scores import DEFAULT_WEIGHTS, Criterion, Shares

YES, NO = OfferState.ACCEPTED, OfferState.DECLINED
OTHER = dict.fromkeys(Criterion, 0) | {Criterion.SKILLS: 100}
GOALS, SKILLS = Criterion.GOALS, Criterion.SKILLS


def alike(goals: float, skills: float | None) -> Shares:
    return dict.fromkeys(Criterion, 0.5) | {GOALS: goals, SKILLS: skills}


def wave(number: int, answers: dict[int, OfferState], *shares: Shares, first: bool = True) -> TriedWave:
    mentors = {UUID(int=place): one for place, one in enumerate(shares, start=1)}
    said = {UUID(int=place): state for place, state in answers.items()}
    return TriedWave(
        UUID(int=number), UUID(int=1000 + number), UUID(int=2000 + number), first, in_full=True, shares=mentors,
        answers=said,
    )  # fmt: skip


FOUR = alike(0.9, 0.1), alike(0.8, 0.2), alike(0.7, 0.3), alike(0.1, 0.9)


def test_it_names_who_would_have_been_asked_instead() -> None:
    tried = wave(1, {1: YES, 2: NO, 3: OfferState.TAKEN}, *FOUR)
    assert best(tried, DEFAULT_WEIGHTS) == tuple(UUID(int=place) for place in (1, 2, 3))
    found = preview([tried, wave(2, {}, *FOUR[:3])], DEFAULT_WEIGHTS, OTHER)
    (one,) = found.others
    assert (one.out, one.in_) == ((str(UUID(int=1)),), (str(UUID(int=4)),))
    assert (found.requests, found.with_choice, found.other_order) == (2, 1, 1)
    assert found.now == Asked(mentors=6, answered=2, accepted=1)
    assert found.new == Asked(mentors=6, answered=1, accepted=0)


def test_later_waves_tell_of_answers_and_not_of_the_first_three() -> None:
    found = preview([wave(1, {1: YES, 4: NO}, *FOUR, first=False)], DEFAULT_WEIGHTS, OTHER)
    assert (found.requests, found.others, found.accepted, found.declined) == (0, (), 1, 1)


def test_the_weights_that_count_change_nothing() -> None:
    found = preview([wave(1, {1: YES}, *FOUR)], DEFAULT_WEIGHTS, DEFAULT_WEIGHTS)
    assert (found.others, found.other_order, found.now) == ((), 0, found.new)


def test_the_area_counts_ties_half() -> None:
    assert order([3, 1], [1, 0]) == pytest.approx(3.5 / 4)


def test_too_few_answers_make_no_figure_and_enough_say_how_sure_it_is() -> None:
    waves = [wave(each, {1: YES, 2: NO}, alike(0.5, 0.9), alike(0.5, 0.1)) for each in range(ENOUGH)]
    flat = dict.fromkeys(Criterion, 0) | {GOALS: 100}
    assert preview(waves[1:], flat, OTHER).telling is None
    told = preview(waves, flat, OTHER).telling
    assert told
    assert (told.order_now, told.order_new, told.gain) == (0.5, 1.0, (0.5, 0.5))
    assert (told.accepted_new, told.declined_new, told.beyond_chance) == (90.0, 10.0, True)
    same = preview(waves, OTHER, OTHER).telling
    assert same
    assert not same.beyond_chance


def test_it_is_read_as_it_was_stored() -> None:
    waves = [wave(each, {1: YES, 2: NO}, *FOUR) for each in range(ENOUGH)]
    found = preview(waves, DEFAULT_WEIGHTS, OTHER, left_out=3)
    assert found.telling
    assert Preview.from_json(found.as_json()) == found
