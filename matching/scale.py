"""From how alike two people are by one criterion to its share of the points, so that a share means the same in each.

Raw likenesses do not: two strangers have half of it by one criterion and a fifth by another. Three points of each
criterion are fixed by data, with straight lines between them that never go flat: the order within a criterion stays.
`./ithaca bench scale` prints what they come from, and docs/matching.md says of which sets.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from core.rules.scores import Criterion
from matching.likeness import Likeness

UNRELATED, RARE, RELATED = 0.10, 0.70, 0.95  # the shares of the three anchors


@dataclass(frozen=True)
class Anchors:
    """How alike people are: half of all unrelated pairs at most; 19 of 20 of them; half of all related pairs."""

    unrelated: float
    rare: float
    related: float


ANCHORS: Final[Mapping[Criterion, Anchors]] = {
    Criterion.GOALS: Anchors(0.31, 0.62, 0.81),
    Criterion.EXPERTISE: Anchors(0.28, 0.62, 0.81),
    Criterion.RESEARCH: Anchors(0.20, 0.42, 0.84),
    Criterion.SKILLS: Anchors(0.32, 0.63, 0.95),
}


def share(criterion: Criterion, likeness: float) -> float:
    """The share of a criterion's points. Place and ways to meet stay as they are: their likeness is a rule's."""
    return float(np.interp(likeness, *curve(criterion))) if criterion in ANCHORS else likeness


def curve(criterion: Criterion) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The likenesses at which the line of a criterion bends, and the shares there."""
    anchors = ANCHORS[criterion]
    return (0.0, anchors.unrelated, anchors.rare, anchors.related, 1.0), (0.0, UNRELATED, RARE, RELATED, 1.0)


def scaled(criterion: Criterion, likeness: Likeness | None) -> Likeness | None:
    """The same phrases with the share of the points."""
    return likeness and replace(likeness, share=share(criterion, likeness.share))
