"""What a score is computed from, in the form in which it is kept, so that it can be computed again."""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from core.rules.facts import ProfileFacts, RequestFacts
from core.rules.weights import Weights

DIGITS = 16


def asked_as_json(request: RequestFacts) -> dict[str, Any]:
    """A request with its student's profile."""
    return {
        "taxonomy": request.taxonomy.version,
        "request_id": str(request.request_id),
        "wish": request.wish,
        "anything_else": request.anything_else,
        "must_share": list(request.must_share),
        "wanted_mentor_id": str(request.wanted_mentor_id) if request.wanted_mentor_id else None,
        "student": request.student.as_json(),
    }


def weighed_at(weights: Weights, now: datetime) -> dict[str, Any]:
    """By which weights, and when: time zones lie differently apart in summer."""
    return {"at": now.isoformat(), "weights": weights.as_json()}


def fingerprint(told: RequestFacts | ProfileFacts) -> str:
    """Tells whether somebody still says what they said: a digest of all that a score is computed from."""
    kept = asked_as_json(told) | {"wanted_mentor_id": None} if isinstance(told, RequestFacts) else told.as_json()
    return sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()[:DIGITS]
