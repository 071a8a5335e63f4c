"""A person as one vector, and what a request looks for in it. Only the request knows what counts how much."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.rules.scores import Criterion
from embeddings.facets import Facet
from embeddings.vectors import Matrix, unit

CRITERION_OF: Final[Mapping[Facet, Criterion]] = {
    Facet.GOALS: Criterion.GOALS,
    Facet.EXPERTISE: Criterion.EXPERTISE,
    Facet.RESEARCH: Criterion.RESEARCH,
    Facet.SKILLS: Criterion.SKILLS,
}
Filled = frozenset[Facet]  # which facets somebody said something about


def person_vector(facets: Mapping[Facet, Matrix], dim: int) -> Matrix:
    """The mean of each facet's rows at length 1, side by side, shape (4 x dim,); zeros where nothing was said."""
    blocks = [
        unit(facets[facet].sum(axis=0)) if facet in facets else np.zeros(dim, np.float32) for facet in CRITERION_OF
    ]
    return np.concatenate(blocks).astype(np.float32)


@dataclass(frozen=True)
class Wanted:
    """What a request looks for: the rows of its facets, and the weights of the criteria."""

    facets: Mapping[Facet, Matrix]
    weights: Mapping[Criterion, int]

    def among(self, filled: Filled, dim: int) -> Matrix:
        """The vector to compare with people who filled in just these facets, shape (4 x dim,).

        Its inner product with `person_vector` is the weighted mean of how alike the facets are that both sides
        filled in: as in the rubric, what one side left empty does not count, and its weight is shared by the rest.
        """
        weights = {
            facet: self.weights[criterion] if facet in filled and facet in self.facets else 0
            for facet, criterion in CRITERION_OF.items()
        }
        each = np.array([weights[facet] / (sum(weights.values()) or 1) for facet in CRITERION_OF], np.float32)
        return person_vector(self.facets, dim) * np.repeat(each, dim)
