"""What people said, kept in memory."""

from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import event

from core.rules.scores import DEFAULT_WEIGHTS
from core.services.profiles import save_profile
from core.uow import SYSTEM, Units, member
from embeddings.facets import Facet
from embeddings.index import MentorIndex
from embeddings.person import Wanted
from embeddings.profiles import ProfileEncoder
from embeddings.said import Memory, closeness
from embeddings.segment import Entry
from embeddings.store import Said
from tests.support import factories
from tests.support.encoder import HashEncoder
from tests.support.factories import MENTOR

ENCODER = HashEncoder()


def entries(units: Units) -> list[Entry]:
    """All mentors, as a fresh index knows them."""
    ProfileEncoder(units, ENCODER).catch_up()
    index = MentorIndex(ENCODER)
    index.refresh(units)
    return list(index._snapshot.entries)


def look(units: Units, memory: Memory, some: list[Entry]) -> tuple[list[Said], int]:
    """What they said, and how many queries that took."""
    queries: list[str] = []
    with units.read(SYSTEM) as reading:
        connection = reading.session.connection()
        event.listen(connection, "before_cursor_execute", lambda *call: queries.append(call[2]))
        found = memory.of(reading, some)
    return [found[entry.profile_id] for entry in some], len(queries)


def test_who_was_looked_at_is_not_read_again(units: Units) -> None:
    factories.mentor(units, skills=("Python", "R"))
    memory, some = Memory(ENCODER.name), entries(units)
    first, queries = look(units, memory, some)
    assert queries == 1
    assert first[0].texts[first[0].facets[Facet.SKILLS]] == ("Python", "R")
    assert np.array_equal(first[0].of(Facet.SKILLS), ENCODER.encode(["Python", "R"]).astype(np.float16))
    assert look(units, memory, some) == (first, 0)


def test_who_has_changed_is_read_again(units: Units) -> None:
    mentor = factories.mentor(units)
    memory = Memory(ENCODER.name)
    look(units, memory, entries(units))
    with units.work(member(mentor.id)) as work:
        save_profile(work, mentor.id, replace(MENTOR, skills=("Rust",)))
    (said,), queries = look(units, memory, entries(units))
    assert queries == 1
    assert "Rust" in said.texts


def test_only_so_much_is_kept(units: Units) -> None:
    for number in range(4):
        factories.mentor(units, skills=(f"skill {number}",))
    some = entries(units)
    (one, *_), _ = look(units, Memory(ENCODER.name), some[:1])
    memory = Memory(ENCODER.name, most_bytes=2 * one.vectors.nbytes + 1)
    look(units, memory, some)
    assert len(memory._known) == 2
    assert look(units, memory, some[2:])[1] == 0
    assert look(units, memory, some[:1])[1] == 1


def test_the_closest_has_each_thing_asked_for_once_at_least() -> None:
    """One thing just as asked for is closer than many that are a little alike, which a mean would prefer."""

    def said(*skills: str) -> Said:
        vectors = ENCODER.encode(skills).astype(np.float16)
        return Said("", skills, vectors, {Facet.SKILLS: slice(0, len(skills))} if skills else {})

    wanted = Wanted({Facet.SKILLS: ENCODER.encode(["data", "bees"])}, DEFAULT_WEIGHTS)
    people = [said("data", "sewing", "bees", "opera"), said("data bees law"), said("opera"), said()]
    found = closeness(wanted, people)
    assert found[0] == pytest.approx(1, abs=1e-3)
    assert found[0] > found[1] > found[2]
    assert found[3] == 0
    assert closeness(wanted, []).shape == (0,)
