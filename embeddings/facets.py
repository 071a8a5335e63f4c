"""Which texts stand for a person, of a profile and of a request: four facets, each text encoded by itself."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache

from core.rules.facts import ProfileFacts, RequestFacts

MAX_PASSAGES = 12
MAX_TAGS = 100
MAX_LENGTH = 2000  # characters; the model reads about the first 1,200

# A sentence ends where a sign follows a word of two letters or more ("C. elegans" goes on), or with the line.
_SENTENCE = re.compile(r"[^\n]+?(?:(?<=\w\w)[.!?;](?=\s)|(?=\n)|$)")


class Facet(StrEnum):
    """A side of a person that is compared by meaning."""

    GOALS = "goals"
    EXPERTISE = "expertise"
    RESEARCH = "research"
    SKILLS = "skills"


Texts = Mapping[Facet, tuple[str, ...]]


def profile_texts(profile: ProfileFacts) -> Texts:
    """What a person offers. Headline and introduction are goals too: they say where someone has got to."""
    introduction = introductions(profile)
    return {
        Facet.GOALS: _distinct(readings(profile.goals) + introduction),
        Facet.EXPERTISE: _distinct(tags(profile.industries) + introduction + passages(profile.about)),
        Facet.RESEARCH: tags(profile.research),
        Facet.SKILLS: tags(profile.skills),
    }


def request_texts(request: RequestFacts) -> Texts:
    """What a student looks for."""
    student = request.student
    return {
        Facet.GOALS: _distinct(readings(wish_of(request)) + readings(student.goals)),
        Facet.EXPERTISE: _distinct(tags(student.industries) + whole(wish_of(request)) + introductions(student)),
        Facet.RESEARCH: tags(student.research),
        Facet.SKILLS: tags(student.skills),
    }


def wish_of(request: RequestFacts) -> str:
    """All that a request says, as one text."""
    return "\n".join(part for part in (request.wish, request.anything_else) if part.strip())


def introductions(profile: ProfileFacts) -> tuple[str, ...]:
    """The headline by itself, and with what follows about the person: each tells what the other does not."""
    headline, about = profile.headline.strip(), profile.about.strip()
    return _distinct(whole(headline) + whole(". ".join(part for part in (headline, about) if part)))


def tags(values: Iterable[str]) -> tuple[str, ...]:
    """The values of a list field, each by itself."""
    return _distinct(value.strip()[:MAX_LENGTH] for value in list(values)[:MAX_TAGS])


def readings(text: str) -> tuple[str, ...]:
    """A text as a whole, and its passages."""
    return _distinct(whole(text) + passages(text))


def whole(text: str) -> tuple[str, ...]:
    """A text as a whole, if there is any."""
    return _distinct([text.strip()[:MAX_LENGTH].strip()])


@lru_cache(maxsize=4096)
def passages(text: str) -> tuple[str, ...]:
    """The sentences and lines of a text as they stand in it; of a long one, runs of them: none is lost."""
    spans = [match.span() for match in _SENTENCE.finditer(text) if match[0].strip()]
    size = -(-len(spans) // MAX_PASSAGES) or 1
    runs = (spans[start : start + size] for start in range(0, len(spans), size))
    return _distinct(text[run[0][0] : run[-1][1]].strip()[:MAX_LENGTH] for run in runs)


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
