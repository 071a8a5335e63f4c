"""A newer model beside the one that served before."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import func, select

from core.models import ProfileVector
from core.services.profiles import save_profile
from core.uow import SYSTEM, Units, member
from embeddings.vectors import Matrix
from matching.service import Matcher
from tests.support import factories
from tests.support.encoder import HashEncoder
from tests.support.factories import MENTOR


class Newer(HashEncoder):
    """Encodes nothing until it is let."""

    name = "newer"

    def __init__(self) -> None:
        super().__init__()
        self.let = threading.Event()

    def encode(self, texts: Sequence[str]) -> Matrix:
        assert not texts or self.let.wait(30)
        return super().encode(texts)


def first(matcher: Matcher, request: UUID) -> UUID:
    return matcher.find(request).proposals[0].mentor_id


def marked(units: Units, model: str) -> int:
    with units.read(SYSTEM) as reading:
        profiles = select(func.count(ProfileVector.profile_id.distinct())).where(ProfileVector.model == model)
        return reading.session.scalars(profiles).one()


def test_the_model_before_serves_until_the_new_one_has_encoded_everybody(units: Units) -> None:
    edited, coder = factories.mentor(units, skills=("Sewing",)), factories.mentor(units, skills=("Python",))
    request = factories.request(units, factories.student(units, skills=("Python", "Rust")))
    Matcher(units, HashEncoder()).warm()

    newer = Newer()
    matcher = Matcher(units, newer, before=HashEncoder())
    matcher.warm()
    assert matcher.model == "hash"
    assert first(matcher, request) == coder.id
    with units.work(member(edited.id)) as work:
        save_profile(work, edited.id, replace(MENTOR, skills=("Rust", "Python")))
    found = matcher.find(request)
    assert found.proposals[0].mentor_id == edited.id
    assert found.provenance.model == "hash"

    newer.let.set()
    matcher.settle()
    assert matcher.model == "newer"
    assert first(matcher, request) == edited.id
    assert marked(units, "hash") == marked(units, "newer") == 3


def test_a_new_model_that_has_encoded_everybody_serves_at_once(units: Units) -> None:
    factories.mentor(units)
    newer = Newer()
    newer.let.set()
    Matcher(units, newer).warm()
    matcher = Matcher(units, newer, before=HashEncoder())
    matcher.warm()
    assert matcher.model == "newer"
    assert marked(units, "hash") == 0


def test_two_workers_with_different_models_find_the_same(units: Units) -> None:
    """While one deployment follows another, both serve from vectors of their own."""
    factories.mentor(units, skills=("Sewing",))
    coder = factories.mentor(units, skills=("Python",))
    request = factories.request(units, factories.student(units, skills=("Python",)))
    newer = Newer()
    newer.let.set()
    for matcher in (Matcher(units, HashEncoder()), Matcher(units, newer), Matcher(units, HashEncoder())):
        assert first(matcher, request) == coder.id
