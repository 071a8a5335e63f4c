"""Scores a set as Ithaca scores people: the same texts, the same vectors, the same rubric."""

import csv
import multiprocessing
import os
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from app.errors import CommandError
from core.rules.facts import ProfileFacts, RequestFacts
from core.rules.scores import DEFAULT_WEIGHTS
from core.taxonomy import BUILT_IN
from embeddings.facets import profile_texts, request_texts
from embeddings.vectors import Encoder, Vectors
from matching.rubric import Comparison, Mentor
from tests.bench.quality import people
from tests.bench.quality.metrics import Scores
from tests.bench.quality.reading import QualitySet

COLUMNS = ("query", "candidate", "score")


class Scorer:
    """A set as requests and mentors, with the vectors of all their texts."""

    def __init__(self, of: QualitySet, encoder: Encoder, now: datetime) -> None:
        self._set, self.now = of, now
        self.requests: Mapping[str, RequestFacts] = {id_: people.request(line) for id_, line in of.queries.items()}
        self.mentors: Mapping[str, ProfileFacts] = {id_: people.mentor(line) for id_, line in of.candidates.items()}
        self._read = {id_: Mentor.of(each, BUILT_IN) for id_, each in self.mentors.items()}
        facets = [*map(request_texts, self.requests.values()), *map(profile_texts, self.mentors.values())]
        texts = sorted({text for each in facets for facet in each.values() for text in facet})
        self.vectors = Vectors(dict(zip(texts, encoder.encode(texts), strict=True)), encoder.dim)

    def scores(self) -> Scores:
        """The points of every candidate whom a query ranks. Every processor takes a share of the queries."""
        with multiprocessing.get_context("fork").Pool(os.cpu_count(), _begin, (self,)) as pool:
            return dict(pool.imap(_scored, self.requests, chunksize=8))

    def one(self, query: str) -> dict[str, float]:
        """The points of every candidate whom one query ranks."""
        candidates = list(self._set.candidates_of(query))
        mentors = [self._read[each] for each in candidates]
        scores = Comparison(self.requests[query], mentors, self.vectors, self.now).scores(DEFAULT_WEIGHTS)
        return dict(zip(candidates, scores, strict=True))


_scorers: list[Scorer] = []  # in a process of the pool: the set it works on


def _begin(scorer: Scorer) -> None:
    _scorers[:] = [scorer]


def _scored(query: str) -> tuple[str, dict[str, float]]:
    return query, _scorers[0].one(query)


def write(scores: Scores, path: Path) -> None:
    """Write query, candidate, score. Raises `CommandError` where no file can be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows(_rows(scores))
    except OSError as error:
        raise CommandError(f"The scores cannot be written to {path}: {error}. Name another place with --out.") from None


def _rows(scores: Scores) -> Iterator[tuple[str, str, float]]:
    for query, found in scores.items():
        yield from ((query, candidate, score) for candidate, score in found.items())
