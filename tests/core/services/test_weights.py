"""Which weights count."""

from dataclasses import replace
from typing import Any

import pytest

from core.models import Setting
from core.rules.scores import Criterion
from core.rules.weights import DEFAULT, Weights
from core.services.weights import current_weights
from core.uow import SYSTEM, Units


def store(units: Units, version: int, value: dict[str, Any], name: str = "weights") -> None:
    with units.work(SYSTEM) as work:
        work.session.add(Setting(name=name, version=version, value=value))


def current(units: Units) -> Weights:
    with units.read(SYSTEM) as reading:
        return current_weights(reading)


def test_without_a_setting_the_default_counts(units: Units) -> None:
    store(units, 1, {}, name="something else")
    assert current(units) == DEFAULT


def test_the_newest_version_counts(units: Units) -> None:
    other = replace(DEFAULT, points=dict(DEFAULT.points) | {Criterion.GOALS: 20, Criterion.LOCATION: 15})
    store(units, 2, other.as_json())
    store(units, 1, DEFAULT.as_json())
    assert current(units) == replace(other, version=2)


@pytest.mark.parametrize(
    "value",
    [
        {},
        {criterion.value: 20 for criterion in Criterion},
        DEFAULT.as_json() | {"career goals": 40, "location": -5},
        DEFAULT.as_json() | {"career goals": "30"},
        DEFAULT.as_json() | {"career goals": 30.0},
        DEFAULT.as_json() | {"shoe size": 0},
    ],
)
def test_weights_that_make_no_sense_are_refused(value: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="100 points"):
        Weights.from_json(1, value)
