"""Likenesses become shares of points: the order stays, and strangers get little."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.scores import Criterion
from matching.scale import ANCHORS, RARE, RELATED, UNRELATED, share

criteria = st.sampled_from(Criterion)
likenesses = st.floats(0, 1)


@given(criteria, likenesses, likenesses)
def test_who_is_more_alike_never_has_less(criterion: Criterion, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= share(criterion, low) <= share(criterion, high) <= 1


@given(criteria, st.integers(0, 999))
def test_no_step_is_lost(criterion: Criterion, thousandth: int) -> None:
    assert share(criterion, thousandth / 1000) < share(criterion, (thousandth + 1) / 1000)


@pytest.mark.parametrize("criterion", Criterion)
def test_nothing_stays_nothing_and_all_stays_all(criterion: Criterion) -> None:
    assert (share(criterion, 0.0), share(criterion, 1.0)) == (0.0, 1.0)


@pytest.mark.parametrize("criterion", ANCHORS)
def test_the_anchors_have_their_shares(criterion: Criterion) -> None:
    anchors = ANCHORS[criterion]
    found = [share(criterion, each) for each in (anchors.unrelated, anchors.rare, anchors.related)]
    assert found == pytest.approx([UNRELATED, RARE, RELATED])
