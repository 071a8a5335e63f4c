"""Synthetic mentors and requests: the sample people's sentences and tags, mixed anew within their fields."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from app.sample.people import SamplePerson, load
from embeddings.facets import passages

OWN_FIELD = 0.85  # how often a text or tag comes from the field a mentor belongs to
MOST_SENTENCES = 4


@dataclass(frozen=True)
class Asking:
    """A student, and what they ask for."""

    student: SamplePerson
    wish: str


def mentors(count: int, seed: int = 1) -> Iterator[SamplePerson]:
    """So many mentors, always the same. The first thousand are the same whatever the count."""
    chance = random.Random(seed)  # noqa: S311 - has to repeat
    pool = _Pool(chance)
    for number in range(count):
        yield pool.mentor(number)


def requests(count: int, seed: int = 2) -> list[Asking]:
    """Every sample student's own request, in random order; then students with the wish of another in their field."""
    chance = random.Random(seed)  # noqa: S311 - has to repeat
    students = list(load().students)
    chance.shuffle(students)
    own = [Asking(one, one.request) for one in students]
    others = [Asking(one, chance.choice(_of_field(students, one.field)).request) for one in students * (count // 100)]
    return (own + others)[:count]


class _Pool:
    """What synthetic mentors are made of."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._mentors, self._everybody = load().mentors, load().mentors + load().students
        self._fields = [one.field for one in self._mentors]

    def mentor(self, number: int) -> SamplePerson:
        """The texts are a few sentences of mentors, and the lists tags of anybody, mostly of one field."""
        field = self._chance.choice(self._fields)
        model, place, ways = (self._one(self._mentors, field) for _ in range(3))
        return replace(
            model,
            key=f"mentor-{number}",
            name=f"Mentor {number}",
            goals=self._text(field, lambda one: one.goals),
            about=self._text(field, lambda one: one.about) if model.about else "",
            industries=self._tags(field, len(model.industries), lambda one: one.industries),
            research=self._tags(field, len(model.research), lambda one: one.research),
            skills=self._tags(field, len(model.skills), lambda one: one.skills),
            location=place.location,
            tz=place.tz,
            meet=ways.meet,
            languages=ways.languages,
        )

    def _text(self, field: str, told: Callable[[SamplePerson], str]) -> str:
        sources = [self._one([one for one in self._mentors if told(one)], field) for _ in range(2)]
        sentences = list(dict.fromkeys(chain.from_iterable(passages(told(one)) for one in sources)))
        most = self._chance.randint(1, MOST_SENTENCES)
        return " ".join(self._chance.sample(sentences, min(most, len(sentences))))

    def _tags(self, field: str, count: int, told: Callable[[SamplePerson], Sequence[str]]) -> tuple[str, ...]:
        tellers = [one for one in self._everybody if told(one)]
        drawn = (self._chance.choice(told(self._one(tellers, field))) for _ in range(count))
        return tuple(dict.fromkeys(drawn))

    def _one(self, people: Sequence[SamplePerson], field: str) -> SamplePerson:
        near = _of_field(people, field) if self._chance.random() < OWN_FIELD else people
        return self._chance.choice(near or people)


def _of_field(people: Sequence[SamplePerson], field: str) -> list[SamplePerson]:
    return [one for one in people if one.field == field]
