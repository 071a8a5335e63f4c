"""A wave computed again, after all has changed."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from core.models import Batch, Profile, Setting
from core.rules.errors import NotFound
from core.rules.scores import Criterion
from core.rules.weights import DEFAULT
from core.services.batches import StoredBatch, stored_batch
from core.services.profiles import save_profile
from core.services.taxonomy import add_terms, current_taxonomy
from core.services.waves import open_wave
from core.taxonomy import OwnTerm, TagKind, Taxonomy
from core.uow import SYSTEM, Units, member
from embeddings.profiles import ProfileEncoder
from matching.replay import NotKept, compare
from matching.service import Matcher
from tests.support import factories
from tests.support.encoder import HashEncoder
from tests.support.factories import MENTOR, WISH


@pytest.fixture
def batch_id(units: Units) -> UUID:
    """A wave to three of six mentors."""
    for number in range(6):
        factories.mentor(units, skills=("Python", *(f"skill {each}" for each in range(number))))
    return search_and_store(
        units, factories.request(units, factories.student(units), replace(WISH, anything_else="Soon"))
    )


def search_and_store(units: Units, request: UUID) -> UUID:
    found = Matcher(units, HashEncoder()).find(request)
    with units.work(SYSTEM) as work:
        assert open_wave(work, request, found.proposals, found.provenance)
        return work.session.scalars(select(Batch.id)).one()


def current(units: Units) -> Taxonomy:
    with units.read(SYSTEM) as reading:
        return current_taxonomy(reading)


def stored(units: Units, batch_id: UUID) -> StoredBatch:
    with units.read(SYSTEM) as reading:
        return stored_batch(reading, batch_id)


def store(units: Units, batch_id: UUID, inputs: dict[str, Any]) -> None:
    with units.work(SYSTEM) as work:
        work.session.execute(update(Batch).where(Batch.id == batch_id).values(inputs=inputs))


def test_it_is_the_same_when_weights_profiles_and_index_have_changed(units: Units, batch_id: UUID) -> None:
    other = dict(DEFAULT.points) | {Criterion.GOALS: 25, Criterion.SKILLS: 20}
    with units.work(SYSTEM) as work:
        work.session.execute(update(Profile).values(headline="All of it has changed", content_hash="new"))
        work.session.add(Setting(name="weights", version=1, value=replace(DEFAULT, points=other).as_json()))
    matcher = Matcher(units, HashEncoder())
    matcher.warm()
    comparison = compare(stored(units, batch_id), HashEncoder())
    assert comparison.same
    assert [line.offered for line in comparison.lines] == [True] * 3 + [False] * 3
    assert all(line.stored == line.computed for line in comparison.lines)


def test_it_is_the_same_when_tags_have_come_to_mean_something_else(units: Units) -> None:
    with units.work(SYSTEM) as work:
        add_terms(work, [OwnTerm(TagKind.SKILL, "Weaving", ("Weben",))], "")
    factories.mentor(units, skills=("Tissage",))
    request = factories.request(units, factories.student(units, skills=("Weben",)))
    before = search_and_store(units, request)
    with units.work(SYSTEM) as work:
        add_terms(work, [OwnTerm(TagKind.SKILL, "Weaving", ("Tissage",))], "")
    batch = stored(units, before)
    assert batch.taxonomy.version == batch.inputs["taxonomy"] == 1
    assert compare(batch, HashEncoder()).same
    today = replace(batch, taxonomy=current(units))
    assert not compare(today, HashEncoder()).same


def test_a_score_that_was_touched_is_shown_with_its_parts(units: Units, batch_id: UUID) -> None:
    inputs = dict(stored(units, batch_id).inputs)
    first, *others = inputs["mentors"]
    store(units, batch_id, inputs | {"mentors": [first | {"skills": ["Sewing"]}, *others]})
    comparison = compare(stored(units, batch_id), HashEncoder())
    line = comparison.lines[0]
    assert not comparison.same
    assert line.computed < line.stored
    assert [part.stored.criterion for part in line.parts] == [Criterion.SKILLS]
    assert all(line.same for line in comparison.lines[1:])
    assert not comparison.in_order


def test_who_changes_during_the_search_is_scored_by_what_is_stored(
    units: Units, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between a look at the vectors and one at the rows, a mentor may save another profile."""
    mentor = factories.mentor(units, skills=("Sewing",))
    request = factories.request(units, factories.student(units))
    matcher = Matcher(units, HashEncoder())
    matcher.warm()
    monkeypatch.setattr(ProfileEncoder, "catch_up", lambda _: 0)
    with units.work(member(mentor.id)) as work:
        save_profile(work, mentor.id, replace(MENTOR, skills=("Python", "Rust")))
    found = matcher.find(request)
    with units.work(SYSTEM) as work:
        assert open_wave(work, request, found.proposals, found.provenance)
        batch_id = work.session.scalars(select(Batch.id)).one()
    assert compare(stored(units, batch_id), HashEncoder()).same


def test_the_last_digit_may_differ_as_models_sum_differently(units: Units, batch_id: UUID) -> None:
    class Noisy(HashEncoder):
        def encode(self, texts):  # type: ignore[no-untyped-def]
            return super().encode(texts) * (1 + 1e-7)

    assert compare(stored(units, batch_id), Noisy()).same


def test_what_was_erased_cannot_be_computed_again(units: Units, batch_id: UUID) -> None:
    store(units, batch_id, {})
    with pytest.raises(NotKept):
        compare(stored(units, batch_id), HashEncoder())


def test_a_batch_nobody_knows_is_not_found(units: Units) -> None:
    with pytest.raises(NotFound):
        stored(units, UUID(int=1))
