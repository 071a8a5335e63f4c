"""Vectors of profiles: encoded once, kept with the content they were made from."""

from dataclasses import replace
from uuid import UUID

import numpy as np
import pytest
from sqlalchemy import func, select

from core.models import Profile, ProfileVector
from core.services.profiles import save_profile
from core.uow import SYSTEM, Units, member
from embeddings.profiles import ProfileEncoder
from embeddings.store import load
from tests.support import factories
from tests.support.encoder import HashEncoder
from tests.support.factories import MENTOR


@pytest.fixture
def encoder() -> HashEncoder:
    return HashEncoder()


def encode_stale(units: Units, encoder: HashEncoder) -> int:
    return ProfileEncoder(units, encoder).catch_up()


def profile_of(units: Units, person_id: UUID) -> UUID:
    with units.read(SYSTEM) as reading:
        return reading.session.scalars(select(Profile.id).where(Profile.user_id == person_id)).one()


def count(units: Units) -> int:
    with units.read(SYSTEM) as reading:
        return reading.session.scalars(select(func.count(ProfileVector.id))).one()


def test_a_new_profile_is_encoded_once(units: Units, encoder: HashEncoder) -> None:
    factories.mentor(units)
    assert encode_stale(units, encoder) == 1
    encoder.encoded.clear()
    assert encode_stale(units, encoder) == 0
    assert encoder.encoded == []


def test_what_is_read_is_what_was_encoded(units: Units, encoder: HashEncoder) -> None:
    mentor = factories.mentor(units, skills=("Python", "R"))
    encode_stale(units, encoder)
    with units.read(SYSTEM) as reading:
        rows = load(reading, encoder.name, [profile_of(units, mentor.id)])
    assert {"Python", "R", MENTOR.headline} <= rows.keys()
    assert np.array_equal(rows["Python"], encoder.encode(["Python"])[0])


def test_an_edited_profile_is_encoded_anew_but_not_its_old_texts(units: Units, encoder: HashEncoder) -> None:
    mentor = factories.mentor(units, skills=("Python", "R"))
    encode_stale(units, encoder)
    before = count(units)
    with units.work(member(mentor.id)) as work:
        save_profile(work, mentor.id, replace(MENTOR, skills=("Python", "Rust")))
    encoder.encoded.clear()
    assert encode_stale(units, encoder) == 1
    assert encoder.encoded == ["Rust"]
    assert count(units) == before


def test_a_change_that_is_not_compared_encodes_nothing(units: Units, encoder: HashEncoder) -> None:
    mentor = factories.mentor(units)
    encode_stale(units, encoder)
    with units.work(member(mentor.id)) as work:
        save_profile(work, mentor.id, replace(MENTOR, max_mentees=5, location="Basel"))
    assert encode_stale(units, encoder) == 0


def test_another_model_has_vectors_of_its_own(units: Units, encoder: HashEncoder) -> None:
    factories.mentor(units)
    encode_stale(units, encoder)
    before = count(units)
    other = HashEncoder()
    other.name = "another"
    assert encode_stale(units, other) == 1
    assert count(units) == 2 * before


def test_many_profiles_are_encoded_in_several_rounds(units: Units, encoder: HashEncoder) -> None:
    for _ in range(3):
        factories.mentor(units)
    profiles = ProfileEncoder(units, encoder)
    assert [profiles.catch_up(2), profiles.catch_up(2), profiles.catch_up(2)] == [2, 1, 0]


def test_later_rounds_see_what_changed_since(units: Units, encoder: HashEncoder) -> None:
    profiles = ProfileEncoder(units, encoder)
    assert profiles.catch_up() == 0
    mentor = factories.mentor(units)
    assert profiles.catch_up() == 1
    with units.work(member(mentor.id)) as work:
        save_profile(work, mentor.id, replace(MENTOR, headline="Somebody else"))
    assert profiles.catch_up() == 1
    assert profiles.catch_up() == 0


def test_only_what_was_asked_for_is_encoded(units: Units, encoder: HashEncoder) -> None:
    one, _ = factories.mentor(units), factories.mentor(units)
    ProfileEncoder(units, encoder).encode(profile_of(units, one.id))
    assert encode_stale(units, encoder) == 1


def test_a_profile_that_says_nothing_is_not_encoded_forever(units: Units, encoder: HashEncoder) -> None:
    mentor = factories.mentor(units)
    with units.work(SYSTEM) as work:
        profile = work.session.scalars(select(Profile).where(Profile.user_id == mentor.id)).one()
        profile.headline = profile.goals = ""
        profile.industries, profile.research, profile.skills = [], [], []
        profile.content_hash = "empty"
    assert encode_stale(units, encoder) == 1
    assert encode_stale(units, encoder) == 0


def test_a_profile_that_changes_while_it_is_encoded_waits_for_the_next_time(units: Units) -> None:
    mentor = factories.mentor(units)

    class Slow(HashEncoder):
        def encode(self, texts):  # type: ignore[no-untyped-def]
            if texts and not self.encoded:
                with units.work(member(mentor.id)) as work:
                    save_profile(work, mentor.id, replace(MENTOR, headline="Somebody else"))
            return super().encode(texts)

    encoder = Slow()
    encode_stale(units, encoder)
    assert count(units) == 0
    encode_stale(units, encoder)
    with units.read(SYSTEM) as reading:
        assert "Somebody else" in load(reading, encoder.name, [profile_of(units, mentor.id)])


def test_vectors_go_with_their_profile(units: Units, encoder: HashEncoder) -> None:
    mentor = factories.mentor(units)
    encode_stale(units, encoder)
    with units.work(SYSTEM) as work:
        work.session.delete(work.session.get_one(Profile, profile_of(units, mentor.id)))
    assert count(units) == 0
