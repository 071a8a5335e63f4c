"""How alike people are by each criterion, before it is scaled: those known to be related, and those known not to."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from core.rules.facts import ProfileFacts, RequestFacts
from core.rules.scores import Criterion
from embeddings.vectors import Vectors
from matching.rubric import Comparison, Mentor
from tests.bench.quality.reading import QualitySet
from tests.bench.quality.scoring import Scorer
from tests.bench.sample.people import Everybody

UNRELATED_EACH: Final = 10  # candidates drawn for each query
EASY: Final = "easy"  # a pair of ratings far apart
Pairs = Iterable[tuple[RequestFacts, ProfileFacts]]


@dataclass
class Seen:
    """The likenesses of one criterion in one set."""

    unrelated: list[float] = field(default_factory=list)
    related: list[float] = field(default_factory=list)


def in_set(of: QualitySet, scorer: Scorer) -> Mapping[Criterion, Seen]:
    """Related are candidates of the highest grade, or the better ones of easy pairs; unrelated some of no grade."""
    seen: dict[Criterion, Seen] = defaultdict(Seen)
    for criterion, likeness in _each(_people(scorer, _related(of)), scorer.vectors, scorer.now):
        seen[criterion].related.append(likeness)
    for criterion, likeness in _each(_people(scorer, _unrelated(of)), scorer.vectors, scorer.now):
        seen[criterion].unrelated.append(likeness)
    return seen


def in_sample(everybody: Everybody, now: datetime) -> Mapping[Criterion, Seen]:
    """Unrelated are pairs of two fields. One field says too little to be called related."""
    seen: dict[Criterion, Seen] = defaultdict(Seen)
    pairs = ((pair.request, pair.mentor) for each in everybody.pairs.values() for pair in each if not pair.one_field)
    for criterion, likeness in _each(pairs, everybody.vectors, now):
        seen[criterion].unrelated.append(likeness)
    return seen


def _each(pairs: Pairs, vectors: Vectors, now: datetime) -> Iterator[tuple[Criterion, float]]:
    for request, mentor in pairs:
        compared = Comparison(request, [Mentor.of(mentor, request.taxonomy)], vectors, now)
        for criterion, likeness in compared.likenesses(0, told=False).items():
            if likeness is not None:
                yield criterion, likeness.share


def _people(scorer: Scorer, pairs: Iterable[tuple[str, str]]) -> Pairs:
    return ((scorer.requests[query], scorer.mentors[candidate]) for query, candidate in pairs)


def _related(of: QualitySet) -> Iterator[tuple[str, str]]:
    if of.pairs:
        yield from sorted({pair.better for pair in of.pairs if pair.kind == EASY})
        return
    highest = max(grade for grades in of.grades.values() for grade in grades.values())
    for query in of.queries:
        among = set(of.candidates_of(query))
        yield from ((query, each) for each, grade in of.grades[query].items() if grade == highest and each in among)


def _unrelated(of: QualitySet) -> Iterator[tuple[str, str]]:
    """Drawn with a fixed seed. Sets of pairs have none: whoever was rated was near."""
    draw = random.Random(0)
    for query in () if of.pairs else of.queries:
        others = [each for each in of.candidates_of(query) if not of.grades[query].get(each)]
        yield from ((query, each) for each in draw.sample(others, min(UNRELATED_EACH, len(others))))
