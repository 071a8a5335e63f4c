"""Other weights on stored waves: exactly what the rubric would give, and nothing else touched."""

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from core.models import Batch
from core.rules.scores import DEFAULT_WEIGHTS, Criterion, shares_as_json, shares_from_json, weighed
from core.rules.weights import DEFAULT, Weights
from core.uow import SYSTEM, Units
from matching.rubric import propose
from matching.service import Matcher
from tests.matching.people import NOW, vectors
from tests.matching.test_rubric import mentors, requests
from tests.support.encoder import HashEncoder
from tests.support.trials import SKILLS_ONLY, asked_mentors, searched


@st.composite
def weights(draw: st.DrawFn) -> Mapping[Criterion, int]:
    """A whole number for each, in all 100."""
    few = len(Criterion) - 1
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=few, max_size=few)))
    return dict(
        zip(Criterion, (after - before for before, after in zip([0, *cuts], [*cuts, 100], strict=True)), strict=True)
    )


@settings(max_examples=60)
@given(requests, mentors, weights(), weights())
def test_shares_weighed_anew_are_what_the_rubric_gives(request, mentor, then, now) -> None:  # type: ignore[no-untyped-def]
    known = vectors(request, mentor)
    kept = shares_as_json(propose(request, mentor, known, NOW, then).shares)
    assert weighed(shares_from_json(kept), now) == propose(request, mentor, known, NOW, now).score


def test_a_trial_tells_whose_three_change(units: Units) -> None:
    (request_id,), skilled = searched(units)
    assert skilled.id not in asked_mentors(units)
    found = Matcher(units, HashEncoder()).preview_weights(DEFAULT.version, Weights(0, SKILLS_ONLY))
    (one,) = found.others
    assert (one.request_id, one.in_) == (str(request_id), (str(skilled.id),))
    assert (found.requests, found.with_choice, found.in_part, found.left_out) == (1, 1, 0, 0)
    assert Matcher(units, HashEncoder()).preview_weights(0, DEFAULT).others == ()


def test_older_waves_are_computed_from_what_their_ten_best_told(units: Units) -> None:
    _, skilled = searched(units)
    with units.work(SYSTEM) as work:
        inputs = work.session.scalars(select(Batch.inputs)).one()
        rows = [row[:3] for row in inputs["candidates"]]
        work.session.execute(update(Batch).values(inputs=inputs | {"candidates": rows}))
    matcher, new = Matcher(units, HashEncoder()), Weights(0, SKILLS_ONLY)
    found = matcher.preview_weights(0, new)
    assert [one.in_ for one in found.others] == [(str(skilled.id),)]
    assert found.in_part == 1
    with units.work(SYSTEM) as work:
        work.session.execute(update(Batch).values(model="another"))
    assert (matcher.preview_weights(0, new).requests, matcher.preview_weights(0, new).left_out) == (0, 1)


def test_weights_of_nothing_said_make_no_points() -> None:
    assert weighed(dict.fromkeys(Criterion, None), DEFAULT_WEIGHTS) == 0
