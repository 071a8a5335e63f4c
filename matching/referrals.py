"""From an unclaimed question to the mentors to ask: facts from the database, likeness from vectors, then the rule."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

import numpy as np

from core.rules.referrals import Candidate, Fit, choose
from core.rules.scores import Criterion
from core.services.candidates import mentor_facts
from core.services.referral_facts import QuestionToRefer, question_to_refer
from core.uow import Reading
from embeddings.facets import Facet
from embeddings.person import Wanted
from embeddings.store import Said
from embeddings.vectors import Encoder, Matrix, unit
from matching.likeness import BEST_TEXTS
from matching.search import Sources

Rule = Callable[[list[Candidate], int], tuple[Fit, ...]]
"""Chooses among candidates, given how many topics the question has."""

READ: Final = (Facet.GOALS, Facet.EXPERTISE, Facet.SKILLS)  # what they help with, who they are, what they know
WEIGHTS: Final = {Criterion.GOALS: 1, Criterion.EXPERTISE: 1, Criterion.SKILLS: 1}
NEAREST: Final = 512  # mentors, by the index; beside them everybody who names one of the topics
ALIKE: Final = ((0.15, 0.55), (0.0, 1.0))  # from similarity to likeness: docs/questions.md says what lies where


def find_referrals(
    reading: Reading, sources: Sources, question_id: UUID, vector: Matrix, rule: Rule = choose
) -> tuple[Fit, ...]:
    """The mentors to ask directly about a question, best first. Raises `NotFound`."""
    question = question_to_refer(reading, question_id)
    asked = as_read(question, vector, sources.encoder)
    near = {entry.user_id for entry in sources.index.search(Wanted(dict.fromkeys(READ, asked[None]), WEIGHTS), NEAREST)}
    mentors = [one for one in question.mentors if one.shared or one.mentor_id in near]
    profiles = {id_: facts.profile for id_, facts in mentor_facts(reading, [one.mentor_id for one in mentors]).items()}
    said = sources.memory.of(reading, list(profiles.values()))
    candidates = [
        Candidate(
            one.mentor_id, one.shared, alike(asked, said[profiles[one.mentor_id].profile_id]), one.load, one.habit
        )
        for one in mentors
        if one.mentor_id in profiles
    ]
    return rule(candidates, len(question.topics))


def as_read(question: QuestionToRefer, vector: Matrix, encoder: Encoder) -> Matrix:
    """All that a question says, as one vector of length 1: the question itself, its topics, and its details.

    A question alone is often too short to tell of which field it is.
    """
    more = [text for text in (", ".join(question.topics), question.details) if text.strip()]
    return unit(vector + encoder.encode(more).sum(axis=0))


def alike(asked: Matrix, said: Said) -> float:
    """How alike a question and what a mentor says are, from 0 to 1: by the mean of the best three texts."""
    rows = [said.of(facet).astype(np.float32) for facet in READ if facet in said.facets]
    if not rows:
        return 0.0
    best = np.sort(np.concatenate(rows) @ asked)[-BEST_TEXTS:]
    return float(np.interp(best.mean(), *ALIKE))
