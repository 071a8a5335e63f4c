"""From a request to the mentors to ask: retrieve, take the closest, check the hard rules, score, until it is sure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from core.rules.eligibility import Refusal, refusals
from core.rules.facts import ProfileFacts, Proposal, RequestFacts
from core.rules.offers import OFFERS_PER_WAVE
from core.rules.weights import Weights
from core.services.candidates import mentor_facts, request_facts
from core.services.waves import Provenance
from core.services.weights import current_weights
from core.uow import Reading
from embeddings.facets import Texts, profile_texts, request_texts
from embeddings.index import MentorIndex
from embeddings.person import Wanted
from embeddings.said import Memory, closeness, rows_of
from embeddings.segment import Entry
from embeddings.store import Said, load
from embeddings.vectors import Encoder, Matrix, Vectors
from matching.provenance import provenance
from matching.rubric import propose, rank

# The index goes by means, the rubric by best values, tags in common, places and more, so the best need not be the
# nearest. Of 100,000 synthetic mentors the deepest of the best three stood at place 1,163 by the index, and at 372
# among 2,048 of these by closeness (docs/performance.md).
FIRST_DEPTH = 1536
DEEPER = 4
ENOUGH = 400  # mentors who may be asked, scored


@dataclass(frozen=True)
class Found:
    """The mentors to ask, best first, with what they were computed from."""

    proposals: tuple[Proposal, ...]
    provenance: Provenance
    considered: int
    refused: Mapping[Refusal, int]


@dataclass(frozen=True)
class Sources:
    """What a search looks into besides the database."""

    encoder: Encoder
    index: MentorIndex
    memory: Memory


def find(reading: Reading, sources: Sources, request_id: UUID, limit: int = OFFERS_PER_WAVE) -> Found:
    """Find the mentors who fit a request best among those who may be asked. Raises `NotFound`."""
    request, weights = request_facts(reading, request_id), current_weights(reading)
    search = _Search(reading, sources, request, weights)
    search.run(limit)
    return Found(
        tuple(proposal for _, proposal in search.ranked[:limit]),
        provenance(sources.encoder.name, sources.index.version, weights, request, search.ranked, reading.now),
        len(search.considered),
        search.refused,
    )


class _Search:
    """One search, on one state of the database."""

    def __init__(self, reading: Reading, sources: Sources, request: RequestFacts, weights: Weights) -> None:
        self._reading, self._sources, self._request, self._weights = reading, sources, request, weights.points
        texts = request_texts(request)
        self._student = _student_rows(reading, sources.encoder, request, texts)
        own = Vectors(self._student, sources.encoder.dim)
        self._wanted = Wanted({facet: own.of(values) for facet, values in texts.items() if values}, weights.points)
        self.considered: set[UUID] = set()
        self.refused: Counter[Refusal] = Counter()
        self.ranked: list[tuple[ProfileFacts, Proposal]] = []

    def run(self, limit: int) -> None:
        """Go deeper until enough were scored, or everybody was looked at."""
        depth = FIRST_DEPTH
        while True:
            near = self._sources.index.search(self._wanted, depth)
            self._look_among([entry for entry in near if entry.user_id not in self.considered])
            if len(near) < depth or len(self.ranked) >= max(ENOUGH, limit):
                return
            depth *= DEEPER

    def _look_among(self, near: Sequence[Entry]) -> None:
        """Take in the closest of these, until enough were scored."""
        said = self._sources.memory.of(self._reading, near)
        near = [entry for entry in near if entry.profile_id in said]
        close = closeness(self._wanted, [said[entry.profile_id] for entry in near])
        order = [near[place] for place in np.argsort(-close, kind="stable")]
        while order and len(self.ranked) < ENOUGH:
            missing = ENOUGH - len(self.ranked)
            some, order = order[:missing], order[missing:]
            self._look_at({entry.user_id: said[entry.profile_id] for entry in some})

    def _look_at(self, some: Mapping[UUID, Said]) -> None:
        """Take in mentors not looked at before: those who may be asked are scored."""
        self.considered.update(some)
        now, eligible = self._reading.now, []
        for mentor in mentor_facts(self._reading, some).values():
            broken = refusals(mentor, self._request, now)
            self.refused.update(broken)
            if not broken:
                eligible.append(mentor.profile)
        vectors = Vectors({**self._rows(eligible, some), **self._student}, self._sources.encoder.dim)
        found = [(mentor, propose(self._request, mentor, vectors, now, self._weights)) for mentor in eligible]
        self.ranked = sorted(self.ranked + found, key=lambda each: rank(each[1]))

    def _rows(self, eligible: Sequence[ProfileFacts], some: Mapping[UUID, Said]) -> dict[str, Matrix]:
        """The vectors of what they said. Who has changed since they were encoded is encoded here and now."""
        rows = rows_of(some[mentor.user_id] for mentor in eligible)
        changed = [mentor for mentor in eligible if mentor.content_hash != some[mentor.user_id].content_hash]
        texts = {text for mentor in changed for facet in profile_texts(mentor).values() for text in facet}
        new = sorted(texts - rows.keys())
        return rows | dict(zip(new, self._sources.encoder.encode(new), strict=True))


def _student_rows(reading: Reading, encoder: Encoder, request: RequestFacts, wanted: Texts) -> dict[str, Matrix]:
    """The vectors of what the student looks for: the profile's are stored, the request's are made now."""
    rows = load(reading, encoder.name, [request.student.profile_id])
    new = sorted({text for texts in wanted.values() for text in texts} - rows.keys())
    return rows | dict(zip(new, encoder.encode(new), strict=True))
