"""From a request to the mentors to ask: retrieve, check the hard rules, score, until the best are sure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from core.rules.eligibility import Refusal, refusals
from core.rules.facts import ProfileFacts, Proposal, RequestFacts
from core.rules.offers import OFFERS_PER_WAVE
from core.rules.weights import Weights
from core.services.candidates import mentor_facts, request_facts
from core.services.waves import Provenance
from core.services.weights import current_weights
from core.uow import Reading
from embeddings.facets import Texts, request_texts
from embeddings.index import MentorIndex
from embeddings.store import load
from embeddings.vectors import Encoder, Matrix, Vectors
from matching.provenance import provenance
from matching.rubric import propose, rank

# Retrieval goes by means, the rubric by best values, so the best mentors need not be the nearest. They are taken as
# sure once all stand in the first quarter of what was retrieved, or if ENOUGH were scored: among 10,000 mentors that
# gave 104 of the 105 best that scoring everybody gives, in a third of a second.
FIRST_DEPTH = 512
DEEPER = 4
ENOUGH = 256


@dataclass(frozen=True)
class Found:
    """The mentors to ask, best first, with what they were computed from."""

    proposals: tuple[Proposal, ...]
    provenance: Provenance
    considered: int
    refused: Mapping[Refusal, int]


def find(
    reading: Reading, index: MentorIndex, encoder: Encoder, request_id: UUID, limit: int = OFFERS_PER_WAVE
) -> Found:
    """Find the mentors who fit a request best among those who may be asked. Raises `NotFound`."""
    request = request_facts(reading, request_id)
    weights = current_weights(reading)
    search = _Search(reading, encoder, request, weights)
    search.run(index, limit)
    return Found(
        tuple(proposal for _, proposal in search.ranked[:limit]),
        provenance(encoder.name, index.version, weights, request, search.ranked, reading.now),
        len(search.considered),
        search.refused,
    )


class _Search:
    """One search, on one state of the database."""

    def __init__(self, reading: Reading, encoder: Encoder, request: RequestFacts, weights: Weights) -> None:
        self._reading, self._encoder, self._request, self._weights = reading, encoder, request, weights.points
        self._wanted = request_texts(request)
        self._student = _student_rows(reading, encoder, request, self._wanted)
        self.considered: set[UUID] = set()
        self.refused: Counter[Refusal] = Counter()
        self.ranked: list[tuple[ProfileFacts, Proposal]] = []

    def run(self, index: MentorIndex, limit: int) -> None:
        """Go deeper until the best are sure, or everybody has been looked at."""
        own = Vectors(self._student, self._encoder.dim)
        facets = {facet: own.of(texts) for facet, texts in self._wanted.items() if texts}
        depth = FIRST_DEPTH
        while True:
            near = index.search(facets, depth, self._weights)
            self._look_at([user_id for user_id in near if user_id not in self.considered])
            if len(near) < depth or self._is_sure(near, limit):
                return
            depth *= DEEPER

    def _is_sure(self, near: list[UUID], limit: int) -> bool:
        best = [proposal.mentor_id for _, proposal in self.ranked[:limit]]
        if len(best) < limit:
            return False
        return len(self.ranked) >= ENOUGH or set(best) <= set(near[: len(near) // DEEPER])

    def _look_at(self, user_ids: Iterable[UUID]) -> None:
        """Take in mentors not looked at before: those who may be asked are scored."""
        self.considered.update(user_ids)
        eligible = []
        for mentor in mentor_facts(self._reading, user_ids).values():
            broken = refusals(mentor, self._request, self._reading.now)
            self.refused.update(broken)
            if not broken:
                eligible.append(mentor.profile)
        rows = load(self._reading, self._encoder.name, [mentor.profile_id for mentor in eligible])
        vectors = Vectors(self._student | rows, self._encoder.dim)
        now = self._reading.now
        found = [(mentor, propose(self._request, mentor, vectors, now, self._weights)) for mentor in eligible]
        self.ranked = sorted(self.ranked + found, key=lambda each: rank(each[1]))


def _student_rows(reading: Reading, encoder: Encoder, request: RequestFacts, wanted: Texts) -> dict[str, Matrix]:
    """The vectors of what the student looks for: the profile's are stored, the request's are made now."""
    rows = load(reading, encoder.name, [request.student.profile_id])
    new = sorted({text for texts in wanted.values() for text in texts} - rows.keys())
    return rows | dict(zip(new, encoder.encode(new), strict=True))
