"""`./ithaca bench sample` and `./ithaca bench scale`: what points tell, and what they are anchored to."""

from pathlib import Path

import pytest

from app.sample.people import load
from core.rules.scores import Criterion
from tests.bench.quality import reading
from tests.bench.quality.scoring import Scorer
from tests.bench.sample.people import Everybody, meet
from tests.bench.sample.run import report as sample_report
from tests.bench.sample.run import wilson
from tests.bench.scale.likenesses import in_sample, in_set
from tests.bench.scale.run import report as scale_report
from tests.bench.tiny_sets import write_pair_set, write_relevance_set
from tests.matching.people import NOW
from tests.support.encoder import HashEncoder


@pytest.fixture(scope="module")
def everybody() -> Everybody:
    return meet(load(), HashEncoder(), NOW)


def test_every_student_meets_every_mentor(everybody: Everybody) -> None:
    people = load()
    assert len(everybody.pairs) == len(people.students)
    assert {len(each) for each in everybody.pairs.values()} == {len(people.mentors)}


def test_the_report_tells_who_is_shown_and_what_points_tell(everybody: Everybody) -> None:
    told = "\n".join(sample_report(everybody))
    assert "requests whose three all reach 70 points:" in told
    assert "pairs of two fields" in told
    assert "  possible " in told


def test_related_are_the_highest_grade_and_unrelated_those_of_none(tmp_path: Path) -> None:
    quality_set = reading.read(write_relevance_set(tmp_path / "a"))
    seen = in_set(quality_set, Scorer(quality_set, HashEncoder(), NOW))
    goals = seen[Criterion.GOALS]
    assert len(goals.related) == 1
    assert len(goals.unrelated) == 3
    assert goals.related[0] > max(goals.unrelated)


def test_pairs_tell_of_the_related_alone(tmp_path: Path) -> None:
    quality_set = reading.read(write_pair_set(tmp_path / "b"))
    seen = in_set(quality_set, Scorer(quality_set, HashEncoder(), NOW))
    assert seen[Criterion.RESEARCH].related
    assert not seen[Criterion.RESEARCH].unrelated


def test_the_anchors_stand_beside_what_was_seen(everybody: Everybody) -> None:
    told = list(scale_report({"sample people": in_sample(everybody, NOW)}))
    assert [line.split("  ")[0] for line in told if not line.startswith(" ")] == [
        "career goals",
        "industry and expertise",
        "research interests",
        "technical skills",
    ]
    assert sum(line.startswith("  in use") for line in told) == 4


def test_the_interval_of_a_share_stays_between_0_and_1() -> None:
    assert wilson(10, 10) == pytest.approx((0.722, 1.0), abs=0.001)
    assert wilson(5, 10) == pytest.approx((0.237, 0.763), abs=0.001)
