"""The best mentors by scoring everybody, with the rubric that serves students and no index."""

import multiprocessing
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from core.rules.eligibility import refusals
from core.rules.facts import MentorFacts, ProfileFacts, RequestFacts
from core.rules.offers import OFFERS_PER_WAVE
from core.rules.roles import PersonState
from core.rules.weights import DEFAULT
from embeddings.vectors import Vectors
from matching.rubric import Comparison, Mentor

SAME = 0.05  # points that the three together may differ
AT_ONCE = 500  # mentors compared with one request


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
        found: list[tuple[float, UUID]] = []
        may_be_asked = (
            profile
            for profile, mentees in map(self.mentors.__getitem__, among)
            if self._may_be_asked(profile, mentees, request)
        )
        while some := list(islice(may_be_asked, AT_ONCE)):
            read = [Mentor.of(each, request.taxonomy) for each in some]
            scores = Comparison(request, read, self.vectors, self.now).scores(DEFAULT.points)
            found += [(-score, each.user_id) for score, each in zip(scores, some, strict=True)]
        best = sorted(found)[:OFFERS_PER_WAVE]
        return Three(frozenset(mentor_id for _, mentor_id in best), -sum(score for score, _ in best))

    def _may_be_asked(self, profile: ProfileFacts, mentees: int, request: RequestFacts) -> bool:
        mentor = MentorFacts(profile, PersonState.ACTIVE, mentees, current_mentees=0, open_offers=0)
        return not refusals(mentor, request, self.now)


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
