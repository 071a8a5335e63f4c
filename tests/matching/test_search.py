"""What is found is what scoring everybody finds, whoever may not be asked; compared world by world."""

import random
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from app.sample.people import SamplePerson
from core.config import Settings
from core.models import Block, Profile, User
from core.rules.eligibility import Refusal, refusals
from core.rules.facts import Proposal
from core.rules.roles import PersonState, Role
from core.rules.wishes import MustShare, Wish
from core.services.candidates import mentor_facts, request_facts
from core.uow import SYSTEM, Units
from embeddings.facets import profile_texts, request_texts
from embeddings.vectors import Vectors
from matching import search
from matching.rubric import propose, rank
from matching.service import Matcher
from tests.bench.matching import filling
from tests.conftest import NOON
from tests.support import factories
from tests.support.encoder import HashEncoder

SKILLS = ("Python", "Rust", "Sewing", "Bees", "Law", "Opera")
FIELDS = ("Biotechnology", "Finance", "Farming")
LANGUAGES = ("English", "Dutch", "Finnish")
PLACES = ("Rotterdam", "Lima", "")


def exhaustive(units: Units, request_id: UUID) -> list[Proposal]:
    """All mentors who may be asked, best first: the rubric for everybody, with vectors made anew, and no index."""
    with units.read(SYSTEM) as reading:
        request = request_facts(reading, request_id)
        mentors = mentor_facts(reading, reading.session.scalars(select(User.id)))
        now = reading.now
    asked = [each.profile for each in mentors.values() if not refusals(each, request, now)]
    texts = {
        text
        for facets in (request_texts(request), *map(profile_texts, asked))
        for values in facets.values()
        for text in values
    }
    encoder, ordered = HashEncoder(), sorted(texts)
    vectors = Vectors(dict(zip(ordered, encoder.encode(ordered), strict=True)), encoder.dim)
    return sorted((propose(request, each, vectors, now) for each in asked), key=rank)


def some(chance: random.Random, values: Sequence[str], least: int = 0) -> tuple[str, ...]:
    return tuple(chance.sample(values, chance.randint(least, len(values))))


def world(units: Units, chance: random.Random) -> UUID:
    """A request, and mentors of whom many may not be asked, each for a reason of their own."""
    student = factories.student(units, skills=some(chance, SKILLS, 1), languages=some(chance, LANGUAGES))
    must = (chance.choice(tuple(MustShare)),) if chance.random() < 0.3 else ()
    request = factories.request(units, student, Wish("A plan for bees and law", must_share=must))
    for _ in range(chance.randint(0, 14)):
        mentor = factories.mentor(
            units,
            skills=some(chance, SKILLS, 1),
            research=some(chance, SKILLS),
            industries=some(chance, FIELDS, 1),
            languages=some(chance, LANGUAGES),
            location=chance.choice(PLACES),
            goals=f"I can help with {chance.choice(SKILLS)}.",
        )
        with units.work(SYSTEM) as work:
            match chance.randint(0, 6):
                case 0:
                    work.session.execute(update(User).where(User.id == mentor.id).values(state=PersonState.LEFT))
                case 1:
                    work.session.add(Block(user_id=mentor.id, other_id=student.id))
                case 2:
                    until = {"paused_until": NOON + timedelta(hours=chance.choice((-1, 1)))}
                    work.session.execute(update(Profile).where(Profile.user_id == mentor.id).values(until))
                case 3:
                    places = {"max_mentees": 1, "current_mentees": chance.randint(0, 1)}
                    work.session.execute(update(Profile).where(Profile.user_id == mentor.id).values(places))
                case 4:
                    for _ in range(chance.randint(1, 4)):  # two places: four open offers are too many
                        factories.wave(units, factories.request(units, factories.student(units, languages=())), mentor)
                case _:
                    pass
    return request


@pytest.mark.parametrize("depth", [search.FIRST_DEPTH, 2])
@pytest.mark.parametrize("seed", range(8))
def test_the_three_found_are_those_that_scoring_everybody_finds(
    units: Units, monkeypatch: pytest.MonkeyPatch, seed: int, depth: int
) -> None:
    """With the depth of the product, and where it has to widen: until it is sure, however many say no."""
    monkeypatch.setattr(search, "FIRST_DEPTH", depth)
    request = world(units, random.Random(seed))
    found = Matcher(units, HashEncoder()).find(request)
    assert found.proposals == tuple(exhaustive(units, request)[:3])


@pytest.mark.parametrize("seed", range(8))
def test_three_are_found_as_long_as_three_exist(units: Units, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Even if it scored no more than it needs: hard rules come before the choice of whom to score."""
    monkeypatch.setattr(search, "FIRST_DEPTH", 1)
    monkeypatch.setattr(search, "ENOUGH", 1)
    request = world(units, random.Random(100 + seed))
    all_of_them = {each.mentor_id: each for each in exhaustive(units, request)}
    found = Matcher(units, HashEncoder()).find(request).proposals
    assert len(found) == min(3, len(all_of_them))
    assert all(all_of_them[each.mentor_id] == each for each in found)


def test_ties_break_the_same_way_each_time(units: Units) -> None:
    """Mentors who tell the same come in one order, whatever was indexed first and however often one asks."""
    for _ in range(6):
        factories.mentor(units, skills=("Python",))
    request = factories.request(units, factories.student(units, skills=("Python",)))
    followed = Matcher(units, HashEncoder())
    first = followed.find(request).proposals
    assert [each.mentor_id for each in first] == sorted(each.mentor_id for each in first)
    factories.mentor(units, skills=("Opera",), goals="Arias", headline="Singer")
    assert followed.find(request).proposals == first
    assert Matcher(units, HashEncoder()).find(request).proposals == first == tuple(exhaustive(units, request)[:3])


def test_it_widens_past_two_thousand_who_fit_best_and_say_no(units: Units, settings: Settings) -> None:
    student = factories.student(units, skills=("Python",), industries=("Biotechnology",))
    request = factories.request(units, student)
    foreign = SamplePerson(
        key="foreign", field="", role=Role.MENTOR, name="Foreign", tz="Europe/Helsinki", headline="Biologist who codes",
        goals="Data in drug discovery, honest feedback.", industries=("Biotechnology",), skills=("Python",),
        meet=("Video",), languages=("Finnish",),
    )  # fmt: skip
    filling.add_mentors(
        settings.database_url, [filling.facts(foreign, number) for number in range(2000)], HashEncoder()
    )
    for number in range(4):
        factories.mentor(
            units, headline="Singer", goals="Arias", skills=("Opera", *SKILLS[:number]), industries=("Art",)
        )
    matcher = Matcher(units, HashEncoder())
    matcher.warm()
    found = matcher.find(request)
    assert found.considered == 2004
    assert found.refused == {Refusal.NO_SHARED_LANGUAGE: 2000}
    assert found.proposals == tuple(exhaustive(units, request)[:3])
