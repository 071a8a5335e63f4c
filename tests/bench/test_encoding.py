"""The measurement of encoders, with one that costs nothing."""

from pathlib import Path

from tests.bench.encoding.comparing import compare, sampled, texts_of
from tests.bench.encoding.way import Way
from tests.bench.quality import reading
from tests.bench.tiny_sets import write_relevance_set
from tests.support.encoder import HashEncoder


def test_ways_are_compared_and_matches_measured_where_vectors_differ(tmp_path: Path) -> None:
    quality = reading.read(write_relevance_set(tmp_path / "tiny"))
    samples = sampled([*texts_of(quality), "x" * 100, "y" * 1000], 3)
    assert {name: len(each) for name, each in samples.items()} == {"tags": 3, "sentences": 1, "abstracts": 1}
    ways = [
        Way("first", lambda _: HashEncoder()),
        Way("the same", lambda _: HashEncoder()),
        Way("elsewhere", lambda _: HashEncoder(), needs="no_such_module"),
    ]
    _, first, same, missing = compare(ways, samples, [quality], tmp_path)
    assert "0.00000" in first
    assert "the same vectors" in same
    assert "no_such_module is not installed" in missing
