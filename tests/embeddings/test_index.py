"""The index follows the database."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import UUID

import numpy as np
import pytest
from sqlalchemy import select

from core.models import Profile
from core.services.profiles import save_profile
from core.uow import SYSTEM, Units, member
from embeddings.facets import Facet
from embeddings.index import MentorIndex, person_vector
from embeddings.profiles import ProfileEncoder
from embeddings.vectors import Matrix
from tests.support import factories
from tests.support.encoder import HashEncoder
from tests.support.factories import MENTOR


@pytest.fixture
def encoder() -> HashEncoder:
    return HashEncoder()


@pytest.fixture
def index(encoder: HashEncoder) -> MentorIndex:
    return MentorIndex(encoder)


def follow(units: Units, index: MentorIndex, encoder: HashEncoder) -> None:
    ProfileEncoder(units, encoder).catch_up()
    with units.read(SYSTEM) as reading:
        index.refresh(reading)


def asking_for(encoder: HashEncoder, *skills: str) -> dict[Facet, Matrix]:
    return {Facet.SKILLS: encoder.encode(skills)}


def nearest(index: MentorIndex, encoder: HashEncoder, *skills: str) -> list[UUID]:
    return index.search(asking_for(encoder, *skills), 10)


def test_an_empty_index_finds_nobody(index: MentorIndex, encoder: HashEncoder, units: Units) -> None:
    assert nearest(index, encoder, "Python") == []
    follow(units, index, encoder)
    assert nearest(index, encoder, "Python") == []


def test_the_nearest_mentor_comes_first(units: Units, index: MentorIndex, encoder: HashEncoder) -> None:
    cook = factories.mentor(units, skills=("Cooking",))
    coder = factories.mentor(units, skills=("Python",))
    factories.student(units, skills=("Python",))
    follow(units, index, encoder)
    assert nearest(index, encoder, "Python") == [coder.id, cook.id]


def test_an_edit_moves_a_mentor(units: Units, index: MentorIndex, encoder: HashEncoder) -> None:
    one = factories.mentor(units, skills=("Cooking",))
    other = factories.mentor(units, skills=("Python",))
    follow(units, index, encoder)
    version = index.version
    with units.work(member(one.id)) as work:
        save_profile(work, one.id, replace(MENTOR, skills=("Rust",)))
    follow(units, index, encoder)
    assert nearest(index, encoder, "Rust") == [one.id, other.id]
    assert index.version != version


def test_a_profile_that_is_gone_is_dropped(units: Units, index: MentorIndex, encoder: HashEncoder) -> None:
    gone, stays = factories.mentor(units), factories.mentor(units)
    follow(units, index, encoder)
    with units.work(SYSTEM) as work:
        work.session.delete(work.session.scalars(select(Profile).where(Profile.user_id == gone.id)).one())
    follow(units, index, encoder)
    assert nearest(index, encoder, "Python") == [stays.id]


def test_nothing_new_leaves_the_index_as_it_is(units: Units, index: MentorIndex, encoder: HashEncoder) -> None:
    factories.mentor(units)
    follow(units, index, encoder)
    before = index._snapshot
    follow(units, index, encoder)
    assert index._snapshot is before


def test_two_indexes_of_the_same_content_have_the_same_version(
    units: Units, index: MentorIndex, encoder: HashEncoder
) -> None:
    for _ in range(3):
        factories.mentor(units)
        follow(units, index, encoder)
    fresh = MentorIndex(encoder)
    follow(units, fresh, encoder)
    assert fresh.version == index.version
    assert len(fresh) == 3


def test_threads_search_while_it_changes(units: Units, index: MentorIndex, encoder: HashEncoder) -> None:
    first = factories.mentor(units)
    follow(units, index, encoder)

    def search(_: int) -> bool:
        found = nearest(index, HashEncoder(), "Python")
        return first.id in found and len(set(found)) == len(found)

    with ThreadPoolExecutor(4) as pool:
        searches = [pool.submit(search, number) for number in range(40)]
        for _ in range(3):
            factories.mentor(units)
            follow(units, index, encoder)
        assert all(each.result() for each in searches)
    assert len(index) == 4


def test_facets_count_by_their_weight(encoder: HashEncoder) -> None:
    """Alike in goals (30) is nearer than alike in skills (15), the other facets being equal."""
    one, other = encoder.encode(["one", "other"])

    def person(goals: Matrix, skills: Matrix) -> Matrix:
        return person_vector({Facet.GOALS: goals[None], Facet.SKILLS: skills[None]}, encoder.dim)

    asking = person(one, one)
    assert asking @ person(one, other) > asking @ person(other, one)
    assert np.linalg.norm(asking) == pytest.approx(1, abs=1e-5)
    assert asking @ person_vector({}, encoder.dim) == 0
