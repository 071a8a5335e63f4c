"""The measurement of an approximate index."""

from tests.bench.cells.run import compare
from tests.bench.matching import people
from tests.support.encoder import HashEncoder


def test_where_all_are_wanted_cells_find_all() -> None:
    lines = list(compare(HashEncoder(), 150, people.requests(3)))
    assert lines[0] == "150 mentors"
    assert [line.split(":")[0].strip() for line in lines[2:4]] == ["searched flat", "searched ivf"]
    assert lines[-1].endswith("cells find 100.00%, and 100.00% at least")
