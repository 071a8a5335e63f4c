"""Whom to ask directly about a question that nobody claimed: who fits it, who keeps their word, and who is free.

A mentor's score is `fit × habit × ease`, each from 0 to 1:

- *fit*: half by the topics they name too, half by how alike the question and their profile read;
- *habit*: how often they take what they are asked directly, times how often they see a claim through;
- *ease*: less with every running claim, with mentees, and with every question they were asked about lately, so that
  the same three are not asked each time.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from core.taxonomy import TagKind, Taxonomy

MOST_ASKED = 3
"""Mentors who are asked about one question; and it is referred once."""

LATELY = timedelta(days=7)
"""Who was asked about a question within this time is asked about the next less readily."""

REMEMBERED = timedelta(days=90)
"""How far back claims and referrals count as somebody's habit."""

TIME_TO_TAKE = timedelta(hours=24)
"""Asked for so long, and the question still nobody's: they let it pass. If another was faster, it says nothing."""

TOPICS, TEXT = 0.5, 0.5
LEAST_ALIKE = 0.6
"""Likeness of texts from which somebody fits who names none of the topics."""

DOUBT = 2.0
"""A newcomer counts like somebody of whom so many deeds are known: claims all kept, referrals half of them taken."""

RELEASED = 0.5
"""A claim that was given back counts against a mentor half as much as one that went silent."""

FULL = 0.25
"""What a mentor loses whose places for mentees are all taken."""

ASKED_OFTEN = 3.0
"""Who was asked about so many questions lately counts half, and about twice as many a third."""


@dataclass(frozen=True)
class Habit:
    """What is known of a mentor's claims and referrals of the last 90 days."""

    taken: int = 0  # questions that they claimed after they were asked directly
    passed: int = 0  # those that they let pass
    answered: int = 0  # claims that ended with an answer
    released: int = 0
    silent: int = 0


@dataclass(frozen=True)
class Load:
    """What a mentor has to do at present."""

    running: int = 0  # claims
    mentees: int = 0
    places: int = 1
    asked_lately: int = 0


@dataclass(frozen=True)
class Candidate:
    """A mentor who may be asked. `shared` are the question's topics that they name too; `alike` is from 0 to 1."""

    mentor_id: UUID
    shared: tuple[str, ...]
    alike: float
    load: Load = Load()
    habit: Habit = Habit()


@dataclass(frozen=True)
class Fit:
    """A mentor to ask, with the score that put them there and the topics in common."""

    mentor_id: UUID
    score: float
    shared: tuple[str, ...] = ()


def choose(candidates: Iterable[Candidate], topics: int, most: int = MOST_ASKED) -> tuple[Fit, ...]:
    """The mentors to ask about a question with so many topics, best first. Who does not fit is not asked."""
    fits = [Fit(one.mentor_id, score(one, topics), one.shared) for one in candidates if is_fit(one)]
    return tuple(sorted(fits, key=lambda fit: (-fit.score, fit.mentor_id))[:most])


def is_fit(candidate: Candidate) -> bool:
    """Whether a question is a mentor's business at all: a topic in common, or texts that are much alike."""
    return bool(candidate.shared) or candidate.alike >= LEAST_ALIKE


def score(candidate: Candidate, topics: int) -> float:
    """How well it would be to ask this mentor, from 0 to 1."""
    return fit(candidate.shared, candidate.alike, topics) * habit(candidate.habit) * ease(candidate.load)


def fit(shared: Sequence[str], alike: float, topics: int) -> float:
    """By topics and text. Of the topics it is the root of the share: the first in common matters most."""
    return TOPICS * math.sqrt(min(1.0, len(shared) / max(1, topics))) + TEXT * alike


def habit(known: Habit) -> float:
    """How likely it is that a mentor takes a question they are asked about, and answers it."""
    takes = (known.taken + DOUBT / 2) / (known.taken + known.passed + DOUBT)
    lost = known.silent + RELEASED * known.released
    keeps = (known.answered + DOUBT) / (known.answered + lost + DOUBT)
    return takes * keeps


def ease(load: Load) -> float:
    """How free a mentor is: 1 with nothing to do."""
    full = min(1.0, load.mentees / load.places) if load.places else 1.0
    rested = 1 / (1 + load.asked_lately / ASKED_OFTEN)
    return rested * (1 - FULL * full) / (1 + load.running)


def shared_topics(topics: Iterable[str], tags: Iterable[str], taxonomy: Taxonomy) -> tuple[str, ...]:
    """Those of a question's topics that a mentor names too, whatever the spelling: `k8s` is `Kubernetes`."""
    theirs = {taxonomy.key(TagKind.TOPIC, tag) for tag in tags}
    return tuple(topic for topic in topics if taxonomy.key(TagKind.TOPIC, topic) in theirs)
