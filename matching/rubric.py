"""The rubric: what one mentor scores for one request, criterion by criterion, out of 100."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from core.rules.facts import ProfileFacts, Proposal, RequestFacts
from core.rules.scores import DEFAULT_WEIGHTS, Criterion, CriterionScore, counted_weights, total
from embeddings.vectors import Vectors
from matching import circumstances, criteria
from matching.declines import lowered
from matching.likeness import Likeness
from matching.scale import scaled


def propose(
    request: RequestFacts,
    mentor: ProfileFacts,
    vectors: Vectors,
    now: datetime,
    weights: Mapping[Criterion, int] = DEFAULT_WEIGHTS,
) -> Proposal:
    """A mentor with the score for a request."""
    compared = _compared(request, mentor, vectors, now)
    parts = _weighed(compared, weights)
    return Proposal(mentor.user_id, total(parts), parts, shares={name: _share(each) for name, each in compared.items()})


def rank(proposal: Proposal) -> tuple[float, UUID]:
    """The order of proposals: the best first, equal ones always in the same order."""
    return -proposal.score, proposal.mentor_id


def score(
    request: RequestFacts,
    mentor: ProfileFacts,
    vectors: Vectors,
    now: datetime,
    weights: Mapping[Criterion, int] = DEFAULT_WEIGHTS,
) -> tuple[CriterionScore, ...]:
    """Score all six criteria. What one side left empty has weight 0, and its weight is shared among the rest.

    Shares have four decimals, points two, so that the score of the same texts is the same on any machine.
    """
    return _weighed(_compared(request, mentor, vectors, now), weights)


def likenesses(
    request: RequestFacts, mentor: ProfileFacts, vectors: Vectors, now: datetime
) -> Mapping[Criterion, Likeness | None]:
    """How alike the two are by each criterion, before it is scaled; None where one side said nothing."""
    return {
        Criterion.GOALS: criteria.goals(request, mentor, vectors),
        Criterion.EXPERTISE: criteria.expertise(request, mentor, vectors),
        Criterion.RESEARCH: criteria.research(request, mentor, vectors),
        Criterion.SKILLS: criteria.skills(request, mentor, vectors),
        Criterion.LOCATION: circumstances.location(request.student, mentor, now),
        Criterion.COMMUNICATION: circumstances.communication(request.student, mentor, request.taxonomy),
    }


def _compared(
    request: RequestFacts, mentor: ProfileFacts, vectors: Vectors, now: datetime
) -> Mapping[Criterion, Likeness | None]:
    found = {name: scaled(name, likeness) for name, likeness in likenesses(request, mentor, vectors, now).items()}
    found[Criterion.EXPERTISE] = lowered(found[Criterion.EXPERTISE], request, mentor)
    return found


def _weighed(
    compared: Mapping[Criterion, Likeness | None], weights: Mapping[Criterion, int]
) -> tuple[CriterionScore, ...]:
    counted = counted_weights(weights, {name for name, likeness in compared.items() if likeness is not None})
    return tuple(_score(criterion, counted[criterion], likeness) for criterion, likeness in compared.items())


def _share(likeness: Likeness | None) -> float | None:
    return None if likeness is None else round(min(1.0, max(0.0, likeness.share)), 4)


def _score(criterion: Criterion, weight: float, likeness: Likeness | None) -> CriterionScore:
    share = _share(likeness)
    if likeness is None or share is None:
        return CriterionScore(criterion, weight=0.0, share=0.0, points=0.0)
    points = round(weight * share, 2)
    return CriterionScore(
        criterion, weight, share, points, likeness.student_phrase, likeness.mentor_phrase, likeness.lowered_for
    )
