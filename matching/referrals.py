"""From an unclaimed question to the mentors to ask: facts from the database, likeness from vectors, then the rule."""

from typing import Final
from uuid import UUID

import numpy as np

from core.rules.referrals import Candidate, Fit, choose
from core.rules.scores import Criterion
from core.services.candidates import mentor_facts
from core.services.referral_facts import question_to_refer
from core.uow import Reading
from embeddings.facets import Facet
from embeddings.person import Wanted
from embeddings.store import Said
from embeddings.vectors import Matrix
from matching.likeness import BEST_TEXTS, TEXTS
from matching.search import Sources

READ: Final = (Facet.GOALS, Facet.EXPERTISE, Facet.SKILLS)  # what they help with, who they are, what they know
WEIGHTS: Final = {Criterion.GOALS: 1, Criterion.EXPERTISE: 1, Criterion.SKILLS: 1}
NEAREST: Final = 512  # mentors, by the index; beside them everybody who names one of the topics


def find_referrals(reading: Reading, sources: Sources, question_id: UUID, vector: Matrix) -> tuple[Fit, ...]:
    """The mentors to ask directly about a question, best first. Raises `NotFound`."""
    asked = question_to_refer(reading, question_id)
    wanted = Wanted(dict.fromkeys(READ, vector[None]), WEIGHTS)
    near = {entry.user_id for entry in sources.index.search(wanted, NEAREST)}
    mentors = [one for one in asked.mentors if one.shared or one.mentor_id in near]
    profiles = {id_: facts.profile for id_, facts in mentor_facts(reading, [one.mentor_id for one in mentors]).items()}
    said = sources.memory.of(reading, list(profiles.values()))
    candidates = [
        Candidate(
            one.mentor_id, one.shared, alike(vector, said[profiles[one.mentor_id].profile_id]), one.load, one.habit
        )
        for one in mentors
        if one.mentor_id in profiles
    ]
    return choose(candidates, len(asked.topics))


def alike(vector: Matrix, said: Said) -> float:
    """How alike a question and a mentor's texts are, from 0 to 1: by the mean of the best three, as elsewhere."""
    rows = [said.of(facet).astype(np.float32) for facet in READ if facet in said.facets]
    if not rows:
        return 0.0
    best = np.sort(np.concatenate(rows) @ vector)[-BEST_TEXTS:]
    return float(np.interp(best.mean(), *TEXTS))
