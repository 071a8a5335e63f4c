"""How offers spread over mentors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.load.figures import Load, Wave, gini, table
from tests.bench.load.programme import programme
from tests.support.encoder import HashEncoder


def test_the_gini_of_equal_shares_is_0_and_of_one_who_has_all_nearly_1() -> None:
    assert gini([3, 3, 3]) == pytest.approx(0)
    assert gini([0] * 99 + [5]) == pytest.approx(0.99)
    assert gini([]) == gini([0, 0]) == 0


@given(st.lists(st.integers(0, 50), min_size=1), st.integers(1, 9))
def test_the_gini_lies_between_0_and_1_whatever_the_unit(values: list[int], unit: int) -> None:
    found = gini(values)
    assert -1e-9 <= found < 1
    assert gini([value * unit for value in values]) == pytest.approx(found)


def test_the_figures_count_requests_and_mentors() -> None:
    figures = table([Wave((90, 80, 70)), Wave((60, 50, 40)), Wave(())], [Load(1, 4), Load(2, 2), Load(1, 0)])
    assert figures["requests with three offers"] == "2 of 3 (67 %)"
    assert figures["all three reach 70"] == "1 of 3 (33 %)"
    assert figures["mean score of an offer"] == "65.0"
    assert figures["most offers per free place"] == "4.0"
    assert figures["mentors with no offer"] == "1 of 3 (33 %)"


def test_no_mentor_gets_more_offers_than_the_rule_allows() -> None:
    with programme({}, HashEncoder()) as people:
        free = people.run(15, answered=True)
        limited = people.run(15, answered=False)
    assert all(load.offers <= 2 * load.places for load in limited[1])
    assert [len(wave.scores) for wave in free[0]] == [3] * 15
    assert sum(load.offers for load in free[1]) == 45
