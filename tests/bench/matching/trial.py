"""One database that grows, and the same requests at each size, answered in several ways."""

import gc
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

import numpy as np
import psycopg

from core.rules.facts import ProfileFacts, RequestFacts
from core.rules.offers import OFFERS_PER_WAVE
from core.rules.scores import DEFAULT_WEIGHTS
from core.services.candidates import request_facts
from core.uow import SYSTEM, Units
from embeddings.facets import Texts, profile_texts, request_texts
from embeddings.index import MentorIndex
from embeddings.person import Wanted
from embeddings.vectors import Encoder, Matrix, Vectors
from matching.service import Matcher
from tests.bench.matching import exhaustive, filling, people, sql
from tests.bench.matching.dense import Dense, Places
from tests.bench.matching.encoding import Recombining
from tests.bench.matching.exhaustive import Everybody, Three

DEEP = 3000  # where not all mentors are scored: those that the pass of numpy ranks best
IN_SQL, MENTORS_IN_SQL = 20, 500_000  # requests, and the product of both: the query takes long
NEAREST = 1536


Subject = TypeVar("Subject")


@dataclass(frozen=True)
class Answers:
    """What one way found for the first requests, the seconds each took, and of this process's computing in all."""

    found: Sequence[Sequence[UUID]]
    seconds: Sequence[float]
    computing: float

    @property
    def computing_each(self) -> float:
        """Milliseconds of computing for each request, on all cores, whatever else the machine does."""
        return self.computing / len(self.seconds) * 1000

    def milliseconds(self, percentile: float) -> float:
        """How long a call takes that is slower than so many of a hundred."""
        return float(np.percentile(self.seconds, percentile)) * 1000


@dataclass(frozen=True)
class Judged:
    """How many top threes are as good as the best, of how many, and how many points they lack on average."""

    equal: int
    count: int
    lost: float


@dataclass(frozen=True)
class Best:
    """The best three for each request: of all mentors for the first, for how many of which fewer gave the same."""

    threes: Sequence[Three]
    in_full: int
    same_with_fewer: int


class Trial:
    """All mentors so far, in memory and in the database."""

    def __init__(self, url: str, units: Units, encoder: Encoder, request_ids: Sequence[UUID]) -> None:
        self._url, self._units, self._encoder, self._ids = url, units, encoder, request_ids
        self._recombining = Recombining(encoder, people.tags())
        self._mentors: list[tuple[ProfileFacts, int]] = []
        with units.read(SYSTEM) as reading:
            self._requests = [request_facts(reading, request_id) for request_id in request_ids]
            self._now = reading.now
        self._asked = self._encoded(encoder, (text for each in self._requests for text in _all(request_texts(each))))

    def __len__(self) -> int:
        return len(self._mentors)

    def grow(self, new: Sequence[tuple[ProfileFacts, int]]) -> int:
        """Add mentors; how many distinct texts there are now."""
        filling.add_mentors(self._url, new, self._recombining)
        self._mentors += new
        profiles = [told for told, _ in self._mentors]
        self._rows = self._encoded(self._recombining, (text for told in profiles for text in _all(profile_texts(told))))
        self._vectors = Vectors(self._asked | self._rows, self._encoder.dim)
        self._everybody = Everybody(self._mentors, self._vectors, self._now)
        self._dense = Dense(profiles, self._rows)
        return len(self._rows)

    def by_ithaca(self) -> Answers:
        """The whole call, as a worker makes it."""
        matcher = Matcher(self._units, self._encoder)
        matcher.warm()
        matcher.find(self._ids[0])
        return _timed(self._ids, lambda each: [proposal.mentor_id for proposal in matcher.find(each).proposals])

    def by_numpy(self) -> Answers:
        """One pass over all that is said."""
        return _timed(self._requests, lambda each: [self._id(place) for place in self._nearest(each, OFFERS_PER_WAVE)])

    def by_sql(self) -> Answers:
        """One query over all that is said."""
        sql.prepare(self._url, [told for told, _ in self._mentors], self._rows)
        with psycopg.connect(self._url) as connection:
            some = self._requests[: min(IN_SQL, MENTORS_IN_SQL // len(self._mentors) or 1)]
            return _timed(some, lambda each: sql.best(connection, each, self._vectors))

    def best(self, in_full: int) -> Best:
        """The best three for each request: of everybody for the first so many, of the deepest pass of numpy beyond."""
        everybody = range(len(self._mentors))
        if len(everybody) <= DEEP:
            in_full = len(self._requests)
        full = exhaustive.best_of(self._everybody, [(each, everybody) for each in self._requests[:in_full]])
        if in_full >= len(self._requests):
            return Best(full, len(full), len(full))
        deep = exhaustive.best_of(
            self._everybody, [(each, self._nearest(each, DEEP).tolist()) for each in self._requests]
        )
        same = sum(one.equals(other) for one, other in zip(full, deep, strict=False))
        return Best([*full, *deep[len(full) :]], len(full), same)

    def judge(self, answers: Answers, best: Sequence[Three]) -> Judged:
        """Compare top threes by what the whole rubric gives them."""
        pairs = list(zip(self._requests, answers.found, best, strict=False))
        found = [self._everybody.best(request, [id_.int - 1 for id_ in ids]) for request, ids, _ in pairs]
        lost = [(three.points - one.points) / OFFERS_PER_WAVE for one, (*_, three) in zip(found, pairs, strict=True)]
        equal = sum(one.equals(three) for one, (*_, three) in zip(found, pairs, strict=True))
        return Judged(equal, len(pairs), float(np.mean(lost)))

    def in_cells(self) -> tuple[float, Answers, Answers]:
        """How many of the nearest an approximate index finds, and the searches of an exact one and of that."""
        exact, cells = (
            self._searches(index) for index in (MentorIndex(self._encoder), MentorIndex(self._encoder, exact_up_to=0))
        )
        shares = [len({*one} & {*other}) / len(one) for one, other in zip(exact.found, cells.found, strict=True)]
        return float(np.mean(shares)), exact, cells

    def _searches(self, index: MentorIndex) -> Answers:
        index.refresh(self._units)
        asked = [
            Wanted(
                {facet: self._vectors.of(texts) for facet, texts in request_texts(each).items() if texts},
                DEFAULT_WEIGHTS,
            )
            for each in self._requests
        ]
        return _timed(asked, lambda wanted: [entry.user_id for entry in index.search(wanted, NEAREST)])

    def _nearest(self, request: RequestFacts, most: int) -> Places:
        return self._dense.nearest(request, self._vectors, most)

    def _id(self, place: int) -> UUID:
        return self._mentors[place][0].user_id

    @staticmethod
    def _encoded(encoder: Encoder, texts: Iterable[str]) -> dict[str, Matrix]:
        distinct = sorted(set(texts))
        return dict(zip(distinct, encoder.encode(distinct), strict=True))


def _timed(subjects: Sequence[Subject], find: Callable[[Subject], Sequence[UUID]]) -> Answers:
    gc.collect()
    gc.freeze()  # as a worker does: else each collection looks through all that the measurement holds
    found, seconds, computed = [], [], time.process_time()
    for subject in subjects:
        began = time.perf_counter()
        found.append(find(subject))
        seconds.append(time.perf_counter() - began)
    return Answers(found, seconds, time.process_time() - computed)


def _all(texts: Texts) -> Iterable[str]:
    return (text for facet in texts.values() for text in facet)
