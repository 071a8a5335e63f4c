"""People for tests of the rubric, told of without a database."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from core.rules.facts import ProfileFacts, RequestFacts
from embeddings.facets import profile_texts, request_texts
from embeddings.vectors import Vectors
from tests.support.encoder import HashEncoder

NOW = datetime(2030, 3, 1, 12, tzinfo=UTC)
ENCODER = HashEncoder()


def person(number: int = 1, **told: Any) -> ProfileFacts:
    return ProfileFacts(UUID(int=number), UUID(int=number), **told)


def asking(wish: str = "", anything_else: str = "", **told: Any) -> RequestFacts:
    return RequestFacts(UUID(int=999), person(1000, **told), wish, anything_else)


def vectors(request: RequestFacts, *mentors: ProfileFacts) -> Vectors:
    texts: dict[str, None] = {}
    facets: Sequence[tuple[str, ...]] = [
        values for each in (request_texts(request), *map(profile_texts, mentors)) for values in each.values()
    ]
    for values in facets:
        texts |= dict.fromkeys(values)
    rows = ENCODER.encode(list(texts))
    return Vectors(dict(zip(texts, rows, strict=True)), ENCODER.dim)
