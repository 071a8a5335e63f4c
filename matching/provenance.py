"""What a wave was computed from, kept so that it can be computed again when all of it has changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from core.rules.facts import ProfileFacts, Proposal, RequestFacts
from core.rules.scores import DEFAULT_WEIGHTS, DEFAULT_WEIGHTS_VERSION, Criterion
from core.services.waves import Provenance
from embeddings.facets import profile_texts, request_texts
from embeddings.vectors import Encoder, Vectors
from matching.rubric import propose, rank

KEPT, LISTED = 10, 100  # mentors kept with all they told, and those of whom only the score is kept


def provenance(
    model: str,
    index_version: str,
    request: RequestFacts,
    ranked: Sequence[tuple[ProfileFacts, Proposal]],
    now: datetime,
) -> Provenance:
    """Keep the request and the best mentors as they are now; of a few more, who they were and their scores."""
    inputs = {
        "at": now.isoformat(),
        "weights": {criterion.value: weight for criterion, weight in DEFAULT_WEIGHTS.items()},
        "request_id": str(request.request_id),
        "wish": request.wish,
        "anything_else": request.anything_else,
        "must_share": list(request.must_share),
        "student": request.student.as_json(),
        "mentors": [profile.as_json() for profile, _ in ranked[:KEPT]],
        "candidates": [
            [str(proposal.mentor_id), profile.content_hash, proposal.score] for profile, proposal in ranked[:LISTED]
        ],
    }
    return Provenance(model, DEFAULT_WEIGHTS_VERSION, index_version, inputs)


def replay(inputs: Mapping[str, Any], encoder: Encoder) -> tuple[Proposal, ...]:
    """Compute the kept mentors again, best first: the same mentors with the same scores."""
    request = RequestFacts(
        UUID(inputs["request_id"]),
        ProfileFacts.from_json(inputs["student"]),
        inputs["wish"],
        inputs["anything_else"],
        tuple(inputs["must_share"]),
    )
    mentors = [ProfileFacts.from_json(stored) for stored in inputs["mentors"]]
    weights = {Criterion(name): weight for name, weight in inputs["weights"].items()}
    texts = {text for facet in request_texts(request).values() for text in facet}
    for mentor in mentors:
        texts |= {text for facet in profile_texts(mentor).values() for text in facet}
    ordered = sorted(texts)
    vectors = Vectors(dict(zip(ordered, encoder.encode(ordered), strict=True)), encoder.dim)
    now = datetime.fromisoformat(inputs["at"])
    proposals = (propose(request, mentor, vectors, now, weights) for mentor in mentors)
    return tuple(sorted(proposals, key=rank))
