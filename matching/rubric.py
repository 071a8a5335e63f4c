"""The rubric: what mentors score for one request, criterion by criterion, out of 100.

Many mentors are compared at once: what several of them say is compared with the request only once, and the phrases
that tell why are looked for only where they are wanted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from core.rules.facts import ProfileFacts, Proposal, RequestFacts
from core.rules.scores import DEFAULT_WEIGHTS, Criterion, CriterionScore, Shares, counted_weights, total, weighed
from core.taxonomy import Taxonomy
from embeddings.vectors import Vectors
from matching.circumstances import Circumstances
from matching.criteria import BY_MEANING
from matching.declines import lowered
from matching.laid_out import Offered
from matching.likeness import Likeness
from matching.phrases import Phrase
from matching.scale import scaled


@dataclass(frozen=True)
class Mentor:
    """A mentor, with the phrases offered by each criterion that is compared by meaning."""

    profile: ProfileFacts
    offered: Mapping[Criterion, Sequence[Phrase]]

    @classmethod
    def of(cls, profile: ProfileFacts, taxonomy: Taxonomy) -> Self:
        """Read a profile by what tags mean. Whoever compares it with many requests keeps this."""
        return cls(profile, {criterion: each.offered(profile, taxonomy) for criterion, each in BY_MEANING.items()})


class Comparison:
    """A request compared with some mentors. They are named by their place in the list given."""

    def __init__(self, request: RequestFacts, mentors: Sequence[Mentor], vectors: Vectors, now: datetime) -> None:
        self._request, self._mentors = request, mentors
        self._offered = {criterion: Offered([each.offered[criterion] for each in mentors]) for criterion in BY_MEANING}
        self._compared = {
            criterion: each.compare(request, self._offered[criterion], vectors)
            for criterion, each in BY_MEANING.items()
        }
        circumstances = Circumstances([each.profile for each in mentors])
        self._by_rule = {
            Criterion.LOCATION: circumstances.locations(request.student, now),
            Criterion.COMMUNICATION: circumstances.communications(request.student, request.taxonomy),
        }

    def scores(self, weights: Mapping[Criterion, int]) -> list[float]:
        """The score of each mentor, without a reason for it."""
        return [weighed(_shares(self._scaled(each, told=False)), weights) for each in range(len(self._mentors))]

    def proposals(self, weights: Mapping[Criterion, int]) -> list[Proposal]:
        """Each mentor with the score and the phrases behind it."""
        return [self._proposal(each, weights) for each in range(len(self._mentors))]

    def likenesses(self, mentor: int, *, told: bool = True) -> dict[Criterion, Likeness | None]:
        """How alike the two are by each criterion, before it is scaled; None where one side said nothing."""
        by_meaning = {criterion: self._by_meaning(criterion, mentor, told) for criterion in BY_MEANING}
        return by_meaning | {criterion: each[mentor] for criterion, each in self._by_rule.items()}

    def _by_meaning(self, criterion: Criterion, mentor: int, told: bool) -> Likeness | None:
        compared = self._compared[criterion]
        if compared is None or not self._offered[criterion].is_any[mentor]:
            return None
        return Likeness(float(compared.shares[mentor]), *(compared.quotes(mentor) if told else ("", "")))

    def _scaled(self, mentor: int, *, told: bool) -> Mapping[Criterion, Likeness | None]:
        found = {name: scaled(name, each) for name, each in self.likenesses(mentor, told=told).items()}
        profile = self._mentors[mentor].profile
        return found | {Criterion.EXPERTISE: lowered(found[Criterion.EXPERTISE], self._request, profile)}

    def _proposal(self, mentor: int, weights: Mapping[Criterion, int]) -> Proposal:
        found = self._scaled(mentor, told=True)
        counted = counted_weights(weights, {name for name, likeness in found.items() if likeness is not None})
        parts = tuple(_score(criterion, counted[criterion], likeness) for criterion, likeness in found.items())
        return Proposal(self._mentors[mentor].profile.user_id, total(parts), parts, shares=_shares(found))


def propose(
    request: RequestFacts,
    mentor: ProfileFacts,
    vectors: Vectors,
    now: datetime,
    weights: Mapping[Criterion, int] = DEFAULT_WEIGHTS,
) -> Proposal:
    """One mentor with the score for a request."""
    return Comparison(request, [Mentor.of(mentor, request.taxonomy)], vectors, now).proposals(weights)[0]


def rank(proposal: Proposal) -> tuple[float, UUID]:
    """The order of proposals: the best first, equal ones always in the same order."""
    return -proposal.score, proposal.mentor_id


def _shares(found: Mapping[Criterion, Likeness | None]) -> Shares:
    return {name: _share(likeness) for name, likeness in found.items()}


def _share(likeness: Likeness | None) -> float | None:
    """With four decimals, as points have two, so that the score of the same texts is the same on any machine."""
    return None if likeness is None else round(min(1.0, max(0.0, likeness.share)), 4)


def _score(criterion: Criterion, weight: float, likeness: Likeness | None) -> CriterionScore:
    """What one side left empty has weight 0, and its weight is shared among the rest."""
    share = _share(likeness)
    if likeness is None or share is None:
        return CriterionScore(criterion, weight=0.0, share=0.0, points=0.0)
    points = round(weight * share, 2)
    return CriterionScore(
        criterion, weight, share, points, likeness.student_phrase, likeness.mentor_phrase, likeness.lowered_for
    )
