"""What people said, kept in memory."""

from dataclasses import replace

import numpy as np
from sqlalchemy import event, select

from core.models import Profile
from core.rules.facts import ProfileFacts
from core.rules.roles import Role
from core.services.candidates import profile_facts
from core.services.profiles import save_profile
from core.uow import SYSTEM, Units, member
from embeddings.facets import Facet, profile_texts
from embeddings.profiles import ProfileEncoder
from embeddings.said import Memory, rows_of
from embeddings.store import Said
from tests.support import factories
from tests.support.encoder import HashEncoder
from tests.support.factories import MENTOR


def mentors(units: Units) -> list[ProfileFacts]:
    """All mentors as they are now."""
    with units.read(SYSTEM) as reading:
        found = reading.session.scalars(select(Profile).where(Profile.role == Role.MENTOR).order_by(Profile.id))
        return [profile_facts(profile) for profile in found]


def look(units: Units, memory: Memory, some: list[ProfileFacts]) -> tuple[list[Said], int]:
    """What they said, and how many queries that took."""
    queries: list[str] = []
    with units.read(SYSTEM) as reading:
        connection = reading.session.connection()
        event.listen(connection, "before_cursor_execute", lambda *call: queries.append(call[2]))
        found = memory.of(reading, some)
    return [found[each.profile_id] for each in some], len(queries)


def test_who_was_looked_at_is_not_read_again(units: Units) -> None:
    encoder = HashEncoder()
    factories.mentor(units, skills=("Python", "R"))
    ProfileEncoder(units, encoder).catch_up()
    memory, some = Memory(encoder), mentors(units)
    encoder.encoded.clear()
    first, queries = look(units, memory, some)
    assert queries == 1
    assert encoder.encoded == []
    assert first[0].texts[first[0].facets[Facet.SKILLS]] == ("Python", "R")
    assert np.array_equal(first[0].of(Facet.SKILLS), encoder.encode(["Python", "R"]).astype(np.float16))
    assert look(units, memory, some) == (first, 0)


def test_who_has_changed_is_read_again(units: Units) -> None:
    encoder = HashEncoder()
    mentor = factories.mentor(units)
    profiles, memory = ProfileEncoder(units, encoder), Memory(encoder)
    profiles.catch_up()
    look(units, memory, mentors(units))
    with units.work(member(mentor.id)) as work:
        save_profile(work, mentor.id, replace(MENTOR, skills=("Rust",)))
    profiles.catch_up()
    (said,), queries = look(units, memory, mentors(units))
    assert queries == 1
    assert "Rust" in said.texts


def test_who_is_not_encoded_yet_is_encoded_on_the_spot(units: Units) -> None:
    """Whatever the database holds, what comes back belongs to the profile as it is now."""
    encoder = HashEncoder()
    never, changed = factories.mentor(units, skills=("Bees",)), factories.mentor(units)
    ProfileEncoder(units, encoder).encode(mentors(units)[1].profile_id)
    with units.work(member(changed.id)) as work:
        save_profile(work, changed.id, replace(MENTOR, research=(), skills=("Rust",)))
    some = mentors(units)
    assert [each.user_id for each in some] == [never.id, changed.id]
    found, _ = look(units, Memory(encoder), some)
    ProfileEncoder(units, encoder).catch_up()
    stored, _ = look(units, Memory(encoder), some)
    for fresh, profile, later in zip(found, some, stored, strict=True):
        assert (fresh.content_hash, dict(fresh.facets)) == (profile.content_hash, fresh.facets)
        for facet, texts in profile_texts(profile).items():
            assert fresh.texts[fresh.facets.get(facet, slice(0, 0))] == texts
            assert facet not in fresh.facets or np.array_equal(fresh.of(facet), later.of(facet))


def test_only_so_much_is_kept(units: Units) -> None:
    encoder = HashEncoder()
    for number in range(4):
        factories.mentor(units, skills=(f"skill {number}",))
    ProfileEncoder(units, encoder).catch_up()
    some = mentors(units)
    (one,), _ = look(units, Memory(encoder), some[:1])
    memory = Memory(encoder, most_bytes=2 * one.vectors.nbytes + 1)
    look(units, memory, some)
    assert len(memory._known) == 2
    assert look(units, memory, some[2:])[1] == 0
    assert look(units, memory, some[:1])[1] == 1


def test_equal_texts_have_one_row(units: Units) -> None:
    encoder = HashEncoder()
    for _ in range(2):
        factories.mentor(units)
    said, _ = look(units, Memory(encoder), mentors(units))
    assert rows_of(said).keys() == set(said[0].texts)


def test_who_is_gone_is_forgotten(units: Units) -> None:
    encoder = HashEncoder()
    for _ in range(2):
        factories.mentor(units)
    ProfileEncoder(units, encoder).catch_up()
    memory, some = Memory(encoder), mentors(units)
    look(units, memory, some)
    memory.forget([some[0].profile_id])
    assert list(memory._known) == [some[1].profile_id]
    assert memory._bytes == sum(said.vectors.nbytes for said in memory._known.values())
