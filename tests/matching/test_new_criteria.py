"""A criterion of the rubric has all it needs, and what is missing is named by its file."""

from collections.abc import Iterator

import pytest

from app.environment import ROOT
from core.rules.scores import CIRCUMSTANCES, DEFAULT_WEIGHTS, Criterion
from embeddings.person import CRITERION_OF
from matching.rubric import propose
from tests.matching.people import NOW, asking, person, vectors


@pytest.mark.parametrize("criterion", Criterion)
def test_a_criterion_has_its_places(criterion: Criterion) -> None:
    missing = list(lacking(criterion))
    assert not missing, f"the criterion {criterion}: {'; '.join(missing)}"


def lacking(criterion: Criterion) -> Iterator[str]:
    """What is still to be done for a criterion, and in which file."""
    asked, offered = asking("Data"), person()
    if criterion not in DEFAULT_WEIGHTS:
        yield "DEFAULT_WEIGHTS in core/rules/scores.py has no weight for it"
    elif criterion not in propose(asked, offered, vectors(asked, offered), NOW).shares:
        yield "matching/rubric.py does not compare by it"
    if criterion not in CIRCUMSTANCES and criterion not in CRITERION_OF.values():
        yield "CIRCUMSTANCES in core/rules/scores.py does not name it, and embeddings/person.py has no facet for it"
    if f"\n| {criterion} | " not in (ROOT / "docs/matching.md").read_text():
        yield "the table of the rubric in docs/matching.md does not explain it"
