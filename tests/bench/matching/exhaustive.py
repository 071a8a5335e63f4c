"""The best mentors by scoring everybody, with the rubric that serves students and no index."""

import multiprocessing
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.rules.eligibility import refusals
from core.rules.facts import MentorFacts, ProfileFacts, RequestFacts
from core.rules.offers import OFFERS_PER_WAVE
from core.rules.roles import PersonState
from core.rules.weights import DEFAULT
from embeddings.vectors import Vectors
from matching.rubric import propose, rank

SAME = 0.05  # points that the three together may differ


@dataclass(frozen=True)
class Three:
    """The best three mentors for a request, and their points."""

    mentors: frozenset[UUID]
    points: float

    def equals(self, other: "Three") -> bool:
        """Whether they are the same mentors, or others just as good."""
        return self.mentors == other.mentors or abs(self.points - other.points) < SAME


@dataclass(frozen=True)
class Everybody:
    """All mentors, with the vectors of all that they and the students said. A mentor's id tells their place."""

    mentors: Sequence[tuple[ProfileFacts, int]]
    vectors: Vectors
    now: datetime

    def best(self, request: RequestFacts, among: Iterable[int]) -> Three:
        """The best three of those at these places who may be asked."""
        found = []
        for place in among:
            profile, mentees = self.mentors[place]
            mentor = MentorFacts(profile, PersonState.ACTIVE, mentees, current_mentees=0, open_offers=0)
            if not refusals(mentor, request, self.now):
                found.append(propose(request, profile, self.vectors, self.now, DEFAULT.points))
        best = sorted(found, key=rank)[:OFFERS_PER_WAVE]
        return Three(frozenset(each.mentor_id for each in best), sum(each.score for each in best))


Asked = tuple[RequestFacts, Sequence[int]]
_shared: tuple[Everybody, Sequence[Asked]] | None = None  # what forked processes have without a copy


def best_of(everybody: Everybody, asked: Sequence[Asked]) -> list[Three]:
    """The best three for each request among those at its places, computed on all cores."""
    global _shared
    _shared = everybody, asked
    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("fork")) as pool:
        return list(pool.map(_best, range(len(asked))))


def _best(number: int) -> Three:
    assert _shared is not None
    everybody, asked = _shared
    return everybody.best(*asked[number])
