"""What a wave was computed from, kept so that it can be computed again when all of it has changed."""

from collections.abc import Sequence
from datetime import datetime

from core.rules.facts import ProfileFacts, Proposal, RequestFacts
from core.rules.inputs import asked_as_json, weighed_at
from core.rules.scores import shares_as_json
from core.rules.weights import Weights
from core.services.waves import Provenance

KEPT = 10  # mentors kept with all they told; of the others that were scored, the score and the shares it is made of


def provenance(
    model: str,
    index_version: str,
    weights: Weights,
    request: RequestFacts,
    ranked: Sequence[tuple[ProfileFacts, Proposal]],
    now: datetime,
) -> Provenance:
    """Keep the request and the best mentors as they are now; of all that were scored, who they were and their scores.

    With the shares behind these scores, other weights can be tried on the wave without comparing anybody again.
    """
    inputs = {
        **weighed_at(weights, now),
        **asked_as_json(request),
        "mentors": [profile.as_json() for profile, _ in ranked[:KEPT]],
        "candidates": [
            [str(proposal.mentor_id), profile.content_hash, proposal.score, shares_as_json(proposal.shares)]
            for profile, proposal in ranked
        ],
    }
    return Provenance(model, weights.version, index_version, inputs)
