"""The measurement of the index."""

from tests.bench.cells.run import rows, wanted
from tests.bench.index import run
from tests.bench.index.measuring import Given, measure
from tests.bench.index.ways import AS_USED, WAYS
from tests.bench.matching import people
from tests.support.encoder import HashEncoder


def test_every_way_is_measured_and_exact_ones_find_the_same() -> None:
    encoder = HashEncoder()
    asked = [wanted(number, one, encoder) for number, one in enumerate(people.requests(2))]
    measured = measure(Given(list(rows(encoder, 41)), asked, encoder.dim))
    assert measured.keys() == WAYS.keys()
    assert measured["in cells"].share_of(measured[AS_USED]) == 1
    assert all(len(one.found) == 2 for one in measured.values())
    assert len(list(run.table(measured))) == 1 + len(WAYS)


def test_an_index_is_loaded_from_the_database_as_it_grows() -> None:
    _, first, second = run.from_database({}, HashEncoder(), [5, 12])
    assert first.split()[0] == "5"
    assert second.split()[0] == "12"
