"""The index follows the database."""

import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from core.models import Profile
from core.rules.scores import DEFAULT_WEIGHTS, Criterion
from core.services.profiles import save_profile
from core.uow import SYSTEM, Units, member
from embeddings.facets import Facet
from embeddings.index import MentorIndex
from embeddings.person import Wanted, person_vector
from embeddings.profiles import ProfileEncoder
from embeddings.segment import Row, Segment, build
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
    index.refresh(units)


def asking_for(encoder: HashEncoder, *skills: str) -> Wanted:
    return Wanted({Facet.SKILLS: encoder.encode(skills)}, DEFAULT_WEIGHTS)


def nearest(index: MentorIndex, encoder: HashEncoder, *skills: str) -> list[UUID]:
    return [entry.user_id for entry in index.search(asking_for(encoder, *skills), 10)]


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
    index.settle()
    held = {entry.user_id for entry in index._snapshot.base.entries.values()}
    assert held == {stays.id}, "no vector of theirs is left in memory"


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


def test_facets_count_by_their_weight_in_the_request(encoder: HashEncoder) -> None:
    """Alike in goals (30) is nearer than alike in skills (15), and the other way round with other weights."""
    one, other = encoder.encode(["one", "other"])
    asking = {Facet.GOALS: one[None], Facet.SKILLS: one[None]}
    goals = person_vector({Facet.GOALS: one[None], Facet.SKILLS: other[None]}, encoder.dim)
    skills = person_vector({Facet.GOALS: other[None], Facet.SKILLS: one[None]}, encoder.dim)
    both = frozenset(asking)
    now = Wanted(asking, DEFAULT_WEIGHTS).among(both, encoder.dim)
    assert now @ goals == pytest.approx((2 + one @ other) / 3, abs=1e-3)
    assert now @ skills == pytest.approx((1 + 2 * (one @ other)) / 3, abs=1e-3)
    later = Wanted(asking, dict(DEFAULT_WEIGHTS) | {Criterion.GOALS: 15, Criterion.SKILLS: 30})
    assert later.among(both, encoder.dim) @ skills > later.among(both, encoder.dim) @ goals


def test_what_a_mentor_left_empty_does_not_count(encoder: HashEncoder) -> None:
    """As in the rubric, the weight of a facet that one side left empty is shared by the others."""
    rows = encoder.encode(["one"])
    wanted = Wanted({Facet.GOALS: rows, Facet.SKILLS: rows}, DEFAULT_WEIGHTS)
    for facets in ({Facet.GOALS: rows}, {Facet.GOALS: rows, Facet.SKILLS: rows, Facet.RESEARCH: rows}):
        query = wanted.among(frozenset(facets), encoder.dim)
        assert query @ person_vector(facets, encoder.dim) == pytest.approx(1, abs=1e-3)
    assert not wanted.among(frozenset({Facet.RESEARCH}), encoder.dim).any()


def test_an_older_state_does_not_put_it_a_step_back(units: Units, index: MentorIndex, encoder: HashEncoder) -> None:
    """Whoever saw the database earlier may ask for a refresh later, at the same time as many others."""
    edited = factories.mentor(units, skills=("Cooking",))
    follow(units, index, encoder)
    with units.read(SYSTEM) as earlier:
        assert earlier.session.scalars(select(Profile.user_id)).one() == edited.id
        with units.work(member(edited.id)) as work:
            save_profile(work, edited.id, replace(MENTOR, skills=("Rust",)))
        follow(units, index, encoder)
        version = index.version
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: index.refresh(units), range(8)))
    assert index.version == version


@pytest.mark.parametrize("exact_up_to", [100, 5])
def test_it_is_merged_while_it_is_used(units: Units, encoder: HashEncoder, exact_up_to: int) -> None:
    """Exact or in cells, with many merges on the way: always what a fresh index holds."""
    index = MentorIndex(encoder, exact_up_to, merge_at=3)
    people = []
    for number in range(12):
        people.append(factories.mentor(units, skills=(f"skill {number}",)))
        follow(units, index, encoder)
        if number % 4 == 3:
            with units.work(member(people[0].id)) as work:
                save_profile(work, people[0].id, replace(MENTOR, skills=(f"edit {number}",)))
            follow(units, index, encoder)
    with units.work(SYSTEM) as work:
        work.session.delete(work.session.scalars(select(Profile).where(Profile.user_id == people[1].id)).one())
    follow(units, index, encoder)
    index.settle()
    fresh = MentorIndex(encoder, exact_up_to)
    follow(units, fresh, encoder)
    assert index.version.partition("/")[2] == fresh.version.partition("/")[2]
    assert set(nearest(index, encoder, "edit 11")) <= {one.id for one in people} - {people[1].id}
    assert nearest(index, encoder, "edit 11")[0] == people[0].id
    assert len(index) == 11
    assert len(index._snapshot.base) > 3


def test_nobody_waits_while_it_is_merged(units: Units, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A merge that takes long holds up neither searches nor refreshes, and loses nothing that came meanwhile."""
    begun, go_on = threading.Event(), threading.Event()

    def slow_build(rows: Iterable[Row], dim: int, exact_up_to: int) -> Segment:
        if threading.current_thread().name == "merge":
            begun.set()
            assert go_on.wait(30)
        return build(rows, dim, exact_up_to)

    index = MentorIndex(encoder, merge_at=2)
    people = [factories.mentor(units, skills=(f"skill {number}",)) for number in range(4)]
    follow(units, index, encoder)
    monkeypatch.setattr("embeddings.index.build", slow_build)
    for person in people[:3]:
        with units.work(member(person.id)) as work:
            save_profile(work, person.id, replace(MENTOR, skills=("Sewing",)))
    follow(units, index, encoder)
    assert begun.wait(30)

    with units.work(member(people[0].id)) as work:
        save_profile(work, people[0].id, replace(MENTOR, skills=("Rust",)))
    with units.work(SYSTEM) as work:
        work.session.delete(work.session.scalars(select(Profile).where(Profile.user_id == people[1].id)).one())
    new = factories.mentor(units, skills=("Opera",))
    follow(units, index, encoder)
    left = {one.id for one in people if one is not people[1]} | {new.id}
    for _ in ("while it is merged", "after it was"):
        assert nearest(index, encoder, "Rust")[0] == people[0].id
        assert nearest(index, encoder, "Opera")[0] == new.id
        assert set(nearest(index, encoder, "Sewing")) == left
        go_on.set()
        index.settle()
    fresh = MentorIndex(encoder)
    follow(units, fresh, encoder)
    assert fresh.version == index.version


def test_in_cells_all_are_found_when_all_are_wanted(units: Units, encoder: HashEncoder) -> None:
    for number in range(30):
        factories.mentor(units, skills=(f"skill {number}",))
    exact, cells = MentorIndex(encoder), MentorIndex(encoder, exact_up_to=5)
    for index in (exact, cells):
        follow(units, index, encoder)
    assert cells.version.startswith("ivf/30/")
    wanted = asking_for(encoder, "skill 7")
    every = [index.search(wanted, 50) for index in (exact, cells)]
    assert len(every[0]) == len(every[1]) == 30
    assert cells.search(wanted, 1) == every[0][:1]
