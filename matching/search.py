"""From a request to the mentors to ask: retrieve, check the hard rules on fresh rows, take the closest, score them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
from embeddings.person import Wanted
from embeddings.said import Memory, rows_of
from embeddings.store import load
from embeddings.vectors import Encoder, Matrix, Vectors
from matching.closeness import Close, Crowd
from matching.provenance import provenance
from matching.rubric import Comparison, Mentor, rank

# The index goes by the mean of what somebody says, the rubric by best values, tags in common, places and more, so the
# best mentors need not be the nearest: docs/performance.md tells how deep they stand.
FIRST_DEPTH = 3072  # mentors, nearest by the index
DEEPER = 4  # times as many, as long as not enough of them may be asked
ENOUGH = 128  # mentors who may be asked, closest by what they say: these are scored


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
    """Find the mentors who fit a request best among those who may be asked. Raises `NotFound`.

    A mentor whom the student wants first is found alone, and scored as anybody is, if they may be asked.
    """
    request, weights = request_facts(reading, request_id), current_weights(reading)
    search = Search(reading, sources, request, weights)
    if not search.take_wanted():
        search.retrieve(max(ENOUGH, limit))
    ranked = search.ranked(max(ENOUGH, limit))
    return Found(
        tuple(proposal for _, proposal in ranked[:limit]),
        provenance(sources.encoder.name, sources.index.version, weights, request, ranked, reading.now),
        len(search.considered),
        search.refused,
    )


class Search:
    """One search, on one state of the database."""

    def __init__(self, reading: Reading, sources: Sources, request: RequestFacts, weights: Weights) -> None:
        self._reading, self._sources, self._request, self._weights = reading, sources, request, weights.points
        texts = request_texts(request)
        self._student = _student_rows(reading, sources.encoder, request, texts)
        own = Vectors(self._student, sources.encoder.dim)
        self._wanted = Wanted({facet: own.of(values) for facet, values in texts.items() if values}, weights.points)
        self._may_be_asked: list[ProfileFacts] = []
        self.considered: set[UUID] = set()
        self.refused: Counter[Refusal] = Counter()

    def take_wanted(self) -> bool:
        """Look at the one mentor to be asked first and at nobody else; whether they may be asked."""
        if self._request.wanted_mentor_id:
            self._check([self._request.wanted_mentor_id])
        return bool(self._may_be_asked)

    def retrieve(self, enough: int) -> None:
        """Go deeper until enough mentors may be asked, or everybody was looked at."""
        depth = FIRST_DEPTH
        while True:
            near = [entry.user_id for entry in self._sources.index.search(self._wanted, depth)]
            self._check(user_id for user_id in near if user_id not in self.considered)
            if len(near) < depth or len(self._may_be_asked) >= enough:
                return
            depth *= DEEPER

    def ranked(self, most: int) -> list[tuple[ProfileFacts, Proposal]]:
        """The closest of those who may be asked, with their scores, best first."""
        mentors = self._may_be_asked
        if len(mentors) > most:
            said = self._sources.memory.of(self._reading, mentors)
            close = Close(self._request, self._wanted, self._reading.now)
            crowd = Crowd(mentors, [said[each.profile_id] for each in mentors])
            close_to = close.to(crowd).round(4).tolist()
            order = sorted(zip(close_to, mentors, strict=True), key=lambda each: (-each[0], each[1].user_id))
            mentors = [mentor for _, mentor in order[:most]]
        return self.scored(mentors)

    def scored(self, mentors: Sequence[ProfileFacts]) -> list[tuple[ProfileFacts, Proposal]]:
        """These mentors with their scores, best first, whether they may be asked or not."""
        said = self._sources.memory.of(self._reading, mentors)
        rows = rows_of(said[each.profile_id] for each in mentors)
        vectors = Vectors({**rows, **self._student}, self._sources.encoder.dim)
        read = [Mentor.of(each, self._request.taxonomy) for each in mentors]
        found = Comparison(self._request, read, vectors, self._reading.now).proposals(self._weights)
        return sorted(zip(mentors, found, strict=True), key=lambda each: rank(each[1]))

    def _check(self, user_ids: Iterable[UUID]) -> None:
        """Take in mentors not looked at before, as far as the hard rules allow."""
        new = list(user_ids)
        self.considered.update(new)
        facts = mentor_facts(self._reading, new)
        for mentor in (facts[user_id] for user_id in new if user_id in facts):
            broken = refusals(mentor, self._request, self._reading.now)
            self.refused.update(broken)
            if not broken:
                self._may_be_asked.append(mentor.profile)


def _student_rows(reading: Reading, encoder: Encoder, request: RequestFacts, wanted: Texts) -> dict[str, Matrix]:
    """The vectors of what the student looks for: the profile's are stored, the request's are made now."""
    rows = load(reading, encoder.name, [request.student.profile_id])
    new = sorted({text for texts in wanted.values() for text in texts} - rows.keys())
    return rows | dict(zip(new, encoder.encode(new), strict=True))
