"""The sample people as requests and mentors, with every score of each for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from app.sample.people import SamplePeople, SamplePerson
from core.rules.facts import ProfileFacts, Proposal, RequestFacts
from embeddings.facets import profile_texts, request_texts
from embeddings.vectors import Encoder, Vectors
from matching.rubric import propose

_PEOPLE = UUID(int=3)


@dataclass(frozen=True)
class Pair:
    """A request with a mentor, and whether both come from one field of the programme."""

    request: RequestFacts
    mentor: ProfileFacts
    proposal: Proposal
    one_field: bool


@dataclass(frozen=True)
class Everybody:
    """Every request with every mentor, by request, in no order; and the vectors of what they say."""

    pairs: Mapping[UUID, tuple[Pair, ...]]
    vectors: Vectors


def meet(people: SamplePeople, encoder: Encoder, now: datetime) -> Everybody:
    """Score every mentor for the request of every student. Nobody is left out by a hard rule."""
    students = {one.key: RequestFacts(_id(one), _profile(one), wish=one.request) for one in people.students}
    mentors = {one.key: _profile(one) for one in people.mentors}
    facets = [*map(request_texts, students.values()), *map(profile_texts, mentors.values())]
    texts = sorted({text for each in facets for facet in each.values() for text in facet})
    vectors = Vectors(dict(zip(texts, encoder.encode(texts), strict=True)), encoder.dim)

    def pair(student: SamplePerson, mentor: SamplePerson) -> Pair:
        request, profile = students[student.key], mentors[mentor.key]
        return Pair(request, profile, propose(request, profile, vectors, now), student.field == mentor.field)

    pairs = {_id(one): tuple(pair(one, other) for other in people.mentors) for one in people.students}
    return Everybody(pairs, vectors)


def _id(one: SamplePerson) -> UUID:
    return uuid5(_PEOPLE, one.key)


def _profile(one: SamplePerson) -> ProfileFacts:
    return ProfileFacts(
        _id(one),
        _id(one),
        headline=one.headline,
        goals=one.goals,
        about=one.about,
        industries=one.industries,
        research=one.research,
        skills=one.skills,
        location=one.location,
        tz=one.tz,
        meet=one.meet,
        languages=one.languages,
    )
