"""Synthetic mentors and requests: what the sample people say, taken apart into clauses and tags and mixed anew.

Mentors of one field say similar things in other combinations, as real ones do: no two are the same, and most sentences
are said by one mentor alone.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import Literal

from app.sample.people import SamplePerson, load
from core.rules.profiles import HEADLINE
from core.taxonomy import BUILT_IN, TagKind
from embeddings.facets import passages
from tests.bench.matching.clauses import beginnings, continuations, taken_apart

OWN_FIELD = 0.85  # how often a text or tag comes from the field a mentor belongs to
ANY_TAG = 0.1  # how often a tag is any of the taxonomy
EXCHANGED = 0.4  # of the clauses of a sentence
MOST_SENTENCES = 4

TextName = Literal["headline", "goals", "about"]


@dataclass(frozen=True)
class Asking:
    """A student, and what they ask for."""

    student: SamplePerson
    wish: str


def mentors(count: int, seed: int = 1) -> Iterator[SamplePerson]:
    """So many mentors, always the same. The first thousand are the same whatever the count."""
    chance = random.Random(seed)
    pool = _Pool(chance)
    for number in range(count):
        yield pool.mentor(number)


def requests(count: int, seed: int = 2) -> list[Asking]:
    """Every sample student's own request, in random order; then students with the wish of another in their field."""
    chance = random.Random(seed)
    students = list(load().students)
    chance.shuffle(students)
    own = [Asking(one, one.request) for one in students]
    others = [Asking(one, chance.choice(_of_field(students, one.field)).request) for one in students * (count // 100)]
    return (own + others)[:count]


def tags() -> set[str]:
    """All that a synthetic mentor may have in a list."""
    kinds = (TagKind.INDUSTRY, TagKind.RESEARCH, TagKind.SKILL)
    sample = {tag for one in load().everybody for tag in (*one.industries, *one.research, *one.skills)}
    return sample | {term.label for kind in kinds for term in BUILT_IN.terms(kind)}


class _Pool:
    """What synthetic mentors are made of."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._mentors, self._everybody = load().mentors, load().mentors + load().students
        self._fields = [one.field for one in self._mentors]

    def mentor(self, number: int) -> SamplePerson:
        """Texts are sentences of mentors with clauses exchanged, lists the tags of anybody, mostly all of one field."""
        field = self._chance.choice(self._fields)
        model, place, ways = (self._one(self._mentors, field) for _ in range(3))
        return replace(
            model,
            key=f"mentor-{number}",
            name=f"Mentor {number}",
            headline=self._exchanged(model.headline, "headline", field)[:HEADLINE],
            goals=self._text("goals", field),
            about=self._text("about", field) if model.about else "",
            industries=self._tags(TagKind.INDUSTRY, field, len(model.industries), lambda one: one.industries),
            research=self._tags(TagKind.RESEARCH, field, len(model.research), lambda one: one.research),
            skills=self._tags(TagKind.SKILL, field, len(model.skills), lambda one: one.skills),
            location=place.location,
            tz=place.tz,
            meet=ways.meet,
            languages=ways.languages,
        )

    def _text(self, name: TextName, field: str) -> str:
        tellers = [one for one in self._mentors if getattr(one, name)]
        sources = [getattr(self._one(tellers, field), name) for _ in range(2)]
        sentences = list(dict.fromkeys(sentence for source in sources for sentence in passages(source)))
        most = self._chance.randint(1, MOST_SENTENCES)
        chosen = self._chance.sample(sentences, min(most, len(sentences)))
        return " ".join(f"{self._exchanged(sentence, name, field)}." for sentence in chosen)

    def _exchanged(self, sentence: str, name: TextName, field: str) -> str:
        """The sentence with some of its clauses in the words of others who tell of the same."""
        parts = list(taken_apart(sentence))
        for place in range(0, len(parts), 2):
            others = _clauses(name, field if self._chance.random() < OWN_FIELD else None, is_first=place == 0)
            if others and self._chance.random() < EXCHANGED:
                parts[place] = self._chance.choice(others)
        return "".join(parts)

    def _tags(
        self, kind: TagKind, field: str, count: int, told: Callable[[SamplePerson], Sequence[str]]
    ) -> tuple[str, ...]:
        tellers = [one for one in self._everybody if told(one)]
        drawn = [
            self._chance.choice(BUILT_IN.terms(kind)).label
            if self._chance.random() < ANY_TAG
            else self._chance.choice(told(self._one(tellers, field)))
            for _ in range(count)
        ]
        return tuple(dict.fromkeys(drawn))

    def _one(self, people: Sequence[SamplePerson], field: str) -> SamplePerson:
        near = _of_field(people, field) if self._chance.random() < OWN_FIELD else people
        return self._chance.choice(near or people)


@cache
def _clauses(name: TextName, field: str | None, *, is_first: bool) -> tuple[str, ...]:
    """How the sentences of mentors begin, or what follows; of one field, or of all."""
    texts = [getattr(one, name) for one in load().mentors if field in (None, one.field)]
    return tuple(chain.from_iterable(map(beginnings if is_first else continuations, texts)))


def _of_field(people: Sequence[SamplePerson], field: str) -> list[SamplePerson]:
    return [one for one in people if one.field == field]
