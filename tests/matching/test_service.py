"""From a request to the mentors to ask, on a real database."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from core.models import Batch, Block, Offer, Profile, Setting, User
from core.rules.eligibility import Refusal
from core.rules.errors import NotFound
from core.rules.roles import PersonState
from core.rules.scores import Criterion
from core.rules.weights import DEFAULT, Weights
from core.rules.wishes import MustShare, Wish
from core.services.profiles import save_profile
from core.services.taxonomy import add_terms
from core.services.waves import OutOfDate, open_wave
from core.taxonomy import BUILT_IN, OwnTerm, TagKind
from core.uow import SYSTEM, Units, member
from matching import search
from matching.replay import recompute
from matching.search import Found
from matching.service import Matcher
from tests.conftest import NOON
from tests.support import factories
from tests.support.encoder import HashEncoder
from tests.support.factories import MENTOR, WISH


@pytest.fixture
def encoder() -> HashEncoder:
    return HashEncoder()


@pytest.fixture
def matcher(units: Units, encoder: HashEncoder) -> Matcher:
    return Matcher(units, encoder)


def asked(found: Found) -> list[UUID]:
    return [proposal.mentor_id for proposal in found.proposals]


def test_the_best_three_come_in_order(units: Units, matcher: Matcher) -> None:
    student = factories.student(units, skills=("Python", "Statistics", "Genomics"))
    fits = [
        factories.mentor(units, skills=skills)
        for skills in (("Sewing",), ("Python", "Statistics", "Genomics"), ("Python",), ("Python", "Statistics"))
    ]
    found = matcher.find(factories.request(units, student))
    assert asked(found) == [fits[1].id, fits[3].id, fits[2].id]
    scores = [proposal.score for proposal in found.proposals]
    assert scores == sorted(scores, reverse=True)
    assert found.considered == 4


def test_a_profile_edited_a_second_ago_counts(units: Units, matcher: Matcher) -> None:
    student = factories.student(units, skills=("Rust",))
    edited, _ = (factories.mentor(units, skills=("Sewing",)) for _ in range(2))
    request = factories.request(units, student)
    matcher.warm()
    matcher.find(request)
    with units.work(member(edited.id)) as work:
        save_profile(work, edited.id, replace(MENTOR, skills=("Rust",)))
    assert asked(matcher.find(request))[0] == edited.id


def test_a_profile_just_encoded_is_indexed_before_anybody_asks(units: Units, matcher: Matcher) -> None:
    matcher.warm()
    mentor = factories.mentor(units)
    with units.read(SYSTEM) as reading:
        profile_id = reading.session.scalars(select(Profile.id).where(Profile.user_id == mentor.id)).one()
    matcher.encode(profile_id)
    assert len(matcher._serving.index) == 1


def test_a_mentor_who_pauses_after_the_search_is_not_asked_and_another_is_found(units: Units, matcher: Matcher) -> None:
    paused, *others = (factories.mentor(units, skills=skills) for skills in (("Python",), ("R",), ("Rust",), ("Go",)))
    request = factories.request(units, factories.student(units, skills=("Python",)))
    found = matcher.find(request)
    assert asked(found)[0] == paused.id
    with units.work(SYSTEM) as work:
        until = {"paused_until": NOON + timedelta(days=1)}
        work.session.execute(update(Profile).where(Profile.user_id == paused.id).values(until))
    with pytest.raises(OutOfDate), units.work(SYSTEM) as work:
        open_wave(work, request, found.proposals, found.provenance)
    again = matcher.find(request)
    assert set(asked(again)) == {one.id for one in others}
    with units.work(SYSTEM) as work:
        assert open_wave(work, request, again.proposals, again.provenance)


def test_other_weights_count_from_the_next_request_on_and_need_no_new_index(units: Units, matcher: Matcher) -> None:
    by_goals = factories.mentor(units, goals="Bees and honey", skills=("Sewing",))
    by_skills = factories.mentor(units, goals="Sauces", skills=("Python",))
    student = factories.student(units, goals="Bees and honey", skills=("Python",))
    request = factories.request(units, student, Wish("Bees and honey"))
    matcher.warm()
    found = matcher.find(request)
    assert asked(found) == [by_goals.id, by_skills.id]
    assert found.provenance.weights_version == 0
    points = dict(DEFAULT.points) | {Criterion.GOALS: 5, Criterion.SKILLS: 40}
    snapshot = matcher._serving.index._snapshot
    with units.work(SYSTEM) as work:
        work.session.add(Setting(name="weights", version=1, value=Weights(1, points).as_json()))
    found = matcher.find(request)
    assert asked(found) == [by_skills.id, by_goals.id]
    assert found.provenance.weights_version == 1
    assert found.provenance.inputs["weights"]["technical skills"] == 40
    assert matcher._serving.index._snapshot is snapshot


def test_nobody_who_may_not_be_asked_is_found(units: Units, matcher: Matcher) -> None:
    student = factories.student(units)
    request = factories.request(units, student)
    full, paused, left, blocked, foreign = (factories.mentor(units) for _ in range(5))
    with units.work(member(foreign.id)) as work:
        save_profile(work, foreign.id, replace(MENTOR, languages=("Finnish",)))
    with units.work(SYSTEM) as work:
        for mentor, changes in ((full, {"max_mentees": 0}), (paused, {"paused_until": NOON + timedelta(days=1)})):
            work.session.execute(update(Profile).where(Profile.user_id == mentor.id).values(changes))
        work.session.execute(update(User).where(User.id == left.id).values(state=PersonState.LEFT))
        work.session.add(Block(user_id=student.id, other_id=blocked.id))
    found = matcher.find(request)
    assert asked(found) == []
    assert found.refused == {
        Refusal.NO_ROOM: 1,
        Refusal.PAUSED: 1,
        Refusal.INACTIVE: 1,
        Refusal.EXCLUDED: 1,
        Refusal.NO_SHARED_LANGUAGE: 1,
    }


def test_what_must_be_shared_is(units: Units, matcher: Matcher) -> None:
    student = factories.student(units, industries=("Biotech",))
    factories.mentor(units, industries=("Finance",))
    fits = factories.mentor(units, industries=("Biotechnology",))
    wish = Wish("A plan", must_share=(MustShare.INDUSTRY,))
    assert asked(matcher.find(factories.request(units, student, wish))) == [fits.id]


def test_what_staff_taught_the_taxonomy_counts_for_the_next_search(units: Units, matcher: Matcher) -> None:
    student = factories.student(units, industries=("Kelp farming",))
    fits = factories.mentor(units, industries=("Seaweed aquaculture",))
    wish = Wish("A plan", must_share=(MustShare.INDUSTRY,))
    request = factories.request(units, student, wish)
    assert asked(matcher.find(request)) == []
    with units.work(SYSTEM) as work:
        add_terms(work, [OwnTerm(TagKind.INDUSTRY, "Kelp farming", ("Seaweed aquaculture",))], "")
    found = matcher.find(request)
    assert asked(found) == [fits.id]
    with units.work(SYSTEM) as work:
        assert open_wave(work, request, found.proposals, found.provenance)


def test_who_was_mentor_once_is_not_found(units: Units, matcher: Matcher) -> None:
    request = factories.request(units, factories.student(units))
    mentor = factories.mentor(units)
    assert asked(matcher.find(request)) == [mentor.id]
    with units.work(SYSTEM) as work:
        work.session.execute(update(User).where(User.id == mentor.id).values(roles=[]))
    assert asked(matcher.find(request)) == []
    with units.work(SYSTEM) as work:
        work.session.delete(work.session.scalars(select(Profile).where(Profile.user_id == mentor.id)).one())
    assert asked(matcher.find(request)) == []


def test_one_person_in_both_roles_is_not_their_own_mentor(units: Units, matcher: Matcher) -> None:
    both = factories.student(units)
    with units.work(member(both.id)) as work:
        save_profile(work, both.id, MENTOR)
    assert asked(matcher.find(factories.request(units, both))) == []


def test_what_is_found_can_be_asked_and_is_not_found_again(units: Units, matcher: Matcher) -> None:
    for _ in range(5):
        factories.mentor(units)
    request = factories.request(units, factories.student(units))
    first = matcher.find(request)
    with units.work(SYSTEM) as work:
        assert open_wave(work, request, first.proposals, first.provenance)
    second = matcher.find(request)
    assert len(first.proposals) == 3
    assert len(second.proposals) == 2
    assert not set(asked(first)) & set(asked(second))


def test_an_unknown_request_is_not_found(matcher: Matcher) -> None:
    with pytest.raises(NotFound):
        matcher.find(UUID(int=1))


def test_it_looks_deeper_until_three_may_be_asked(
    units: Units, matcher: Matcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "FIRST_DEPTH", 2)
    student = factories.student(units, skills=("Python",))
    for _ in range(9):
        factories.mentor(units, skills=("Python",), languages=("Finnish",))
    far = [factories.mentor(units, skills=(f"skill {number}",)) for number in range(3)]
    found = matcher.find(factories.request(units, student))
    assert set(asked(found)) == {mentor.id for mentor in far}
    assert found.considered == 12


def test_of_many_near_ones_the_closest_are_scored(
    units: Units, matcher: Matcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "FIRST_DEPTH", 12)
    monkeypatch.setattr(search, "ENOUGH", 5)
    student = factories.student(units, skills=("Python",))
    fits = [factories.mentor(units, skills=("Python",)) for _ in range(3)]
    for number in range(15):
        factories.mentor(units, headline="Chef", goals="Sauces", skills=(f"skill {number}",))
    found = matcher.find(factories.request(units, student))
    assert set(asked(found)) == {mentor.id for mentor in fits}
    assert found.considered == 12
    assert len(found.provenance.inputs["candidates"]) == 5


def test_what_was_stored_gives_the_same_three_again(units: Units, matcher: Matcher, encoder: HashEncoder) -> None:
    mentors = [factories.mentor(units, skills=("Python", f"skill {number}")) for number in range(6)]
    request = factories.request(units, factories.student(units), replace(WISH, anything_else="Soon"))
    found = matcher.find(request)
    with units.work(SYSTEM) as work:
        assert open_wave(work, request, found.proposals, found.provenance)
        work.session.execute(update(Profile).values(headline="All of it has changed"))
    with units.read(SYSTEM) as reading:
        batch = reading.session.scalars(select(Batch)).one()
        scores = reading.session.scalars(select(Offer.score).order_by(Offer.rank)).all()
    again = recompute(batch.inputs, encoder, BUILT_IN)
    assert again[:3] == found.proposals
    assert [proposal.score for proposal in again[:3]] == scores
    assert len(again) == len(mentors)
    assert batch.model == encoder.name
    assert batch.index_version.startswith("flat/6/")
