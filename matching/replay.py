"""A wave computed again from what was stored with it, and compared with what went out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from core.rules.facts import ProfileFacts, Proposal, RequestFacts
from core.rules.scores import CriterionScore
from core.rules.weights import Weights
from core.services.batches import StoredBatch
from core.taxonomy import Taxonomy
from embeddings.facets import profile_texts, request_texts
from embeddings.vectors import Encoder, Vectors
from matching.rubric import propose, rank

# A model's sums differ in the seventh digit with what else is encoded at the same time. That may move a share's
# fourth decimal by a few, as scales are steep, and a score by a tenth of a point at most.
SAME_SHARE, SAME_SCORE = 0.000_35, 0.101


class NotKept(Exception):
    """What a wave was computed from is not there any more."""


@dataclass(frozen=True)
class Part:
    """One criterion that came out otherwise."""

    stored: CriterionScore
    computed: CriterionScore


@dataclass(frozen=True)
class Line:
    """One mentor: the score that was stored, the one computed now, and the parts that differ."""

    mentor_id: UUID
    offered: bool
    stored: float
    computed: float
    parts: tuple[Part, ...] = ()

    @property
    def same(self) -> bool:
        """Whether nothing differs but the last digit."""
        return not self.parts and abs(self.stored - self.computed) < SAME_SCORE


@dataclass(frozen=True)
class Comparison:
    """All mentors kept with a wave, in the order in which they were ranked."""

    lines: tuple[Line, ...]

    @property
    def in_order(self) -> bool:
        """Whether they would be ranked so again. Who was offered stands before who was not."""
        return all(above.computed > below.computed - SAME_SCORE for above, below in pairwise(self.lines))

    @property
    def same(self) -> bool:
        """Whether the same mentors would be asked in the same order, with the same scores for the same reasons."""
        return self.in_order and all(line.same for line in self.lines)


def compare(batch: StoredBatch, encoder: Encoder) -> Comparison:
    """Compute a wave again. The encoder must be the batch's. Raises `NotKept`.

    Nothing is taken from today: neither weights, nor what tags mean, nor profiles, nor index.
    """
    kept = [UUID(mentor["user_id"]) for mentor in batch.inputs.get("mentors", ())]
    offered = {offer.mentor_id: offer for offer in batch.offers}
    if not kept or not offered.keys() <= set(kept):
        raise NotKept(batch.id)
    computed = {proposal.mentor_id: proposal for proposal in recompute(batch.inputs, encoder, batch.taxonomy)}
    scores = {UUID(mentor_id): score for mentor_id, _, score, *_ in batch.inputs["candidates"]}
    order = [*offered, *(mentor_id for mentor_id in kept if mentor_id not in offered)]
    return Comparison(
        tuple(_line(computed[mentor_id], scores[mentor_id], offered.get(mentor_id)) for mentor_id in order)
    )


def recompute(inputs: Mapping[str, Any], encoder: Encoder, taxonomy: Taxonomy) -> tuple[Proposal, ...]:
    """Compute the kept mentors again, best first."""
    request = RequestFacts(
        UUID(inputs["request_id"]),
        ProfileFacts.from_json(inputs["student"]),
        inputs["wish"],
        inputs["anything_else"],
        tuple(inputs["must_share"]),
        taxonomy=taxonomy,
    )
    mentors = [ProfileFacts.from_json(stored) for stored in inputs["mentors"]]
    weights = Weights.from_json(0, inputs["weights"])
    vectors = _encoded(request, mentors, encoder)
    now = datetime.fromisoformat(inputs["at"])
    proposals = (propose(request, mentor, vectors, now, weights.points) for mentor in mentors)
    return tuple(sorted(proposals, key=rank))


def _encoded(request: RequestFacts, mentors: Sequence[ProfileFacts], encoder: Encoder) -> Vectors:
    texts = {text for facet in request_texts(request).values() for text in facet}
    for mentor in mentors:
        texts |= {text for facet in profile_texts(mentor).values() for text in facet}
    ordered = sorted(texts)
    return Vectors(dict(zip(ordered, encoder.encode(ordered), strict=True)), encoder.dim)


def _line(computed: Proposal, listed: float, offer: Proposal | None) -> Line:
    if offer is None:
        return Line(computed.mentor_id, offered=False, stored=listed, computed=computed.score)
    now = {part.criterion: part for part in computed.criteria}
    parts = tuple(Part(then, now[then.criterion]) for then in offer.criteria if not _same(then, now[then.criterion]))
    return Line(computed.mentor_id, offered=True, stored=offer.score, computed=computed.score, parts=parts)


def _same(one: CriterionScore, other: CriterionScore) -> bool:
    return (
        abs(one.share - other.share) < SAME_SHARE
        and one.weight == other.weight
        and (one.student_phrase, one.mentor_phrase) == (other.student_phrase, other.mentor_phrase)
    )
