"""Precision and recall by threshold, and how a threshold is chosen by them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from embeddings.vectors import Encoder
from tests.bench.questions.pairs import Asked, Pair, Part

STEPS = tuple(round(0.4 + 0.01 * step, 2) for step in range(62))  # at the last nothing is found
AIM = 0.9
MARGIN = 0.02
"""Added to the lowest threshold that will do: one that only just will on one half does worse on the other."""

Text = Callable[[Asked], str]


@dataclass(frozen=True)
class Figures:
    """What one threshold finds: how many pairs, how many of these ask the same, and how many there are that do."""

    found: int
    right: int
    there: int

    @property
    def precision(self) -> float:
        """Of the pairs found, those that ask the same; 1 if none is found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs that ask the same, those found."""
        return self.right / self.there if self.there else 1.0


@dataclass(frozen=True)
class Measured:
    """The cosine of every pair, for one way of making a text of a question."""

    pairs: tuple[Pair, ...]
    cosines: tuple[float, ...]

    def figures(self, part: Part, threshold: float) -> Figures:
        """What this threshold finds in one half of the families."""
        ours = [(pair, cosine) for pair, cosine in zip(self.pairs, self.cosines, strict=True) if pair.part is part]
        found = [pair for pair, cosine in ours if cosine >= threshold]
        return Figures(len(found), sum(pair.same for pair in found), sum(pair.same for pair, _ in ours))

    def unrelated(self, threshold: float) -> int:
        """Pairs of different families that it finds: none of them asks the same."""
        both = zip(self.pairs, self.cosines, strict=True)
        return sum(pair.part is None and cosine >= threshold for pair, cosine in both)

    def chosen(self) -> float:
        """The lowest threshold from which to 0.1 above the choosing half is as precise as aimed at; and a margin."""

        def will_do(threshold: float) -> bool:
            above = [step for step in STEPS if threshold <= step <= threshold + 0.1]
            return all(self.figures(Part.CHOOSING, step).precision >= AIM for step in above)

        return round(next(step for step in STEPS if will_do(step)) + MARGIN, 2)


def measured(asked: Sequence[Asked], pairs: Sequence[Pair], encoder: Encoder, text: Text) -> Measured:
    """Encode every question, and compare each pair."""
    rows = encoder.encode([text(one) for one in asked])
    cosines = rows @ rows.T
    return Measured(tuple(pairs), tuple(float(np.float32(cosines[pair.one, pair.other])) for pair in pairs))
