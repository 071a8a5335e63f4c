"""Texts with their vectors, and how alike two texts are."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
LISTS_KEPT = 16  # of texts asked for; a request has about eight


class Encoder(Protocol):
    """Turns texts into vectors."""

    @property
    def name(self) -> str:
        """What is stored with each vector: vectors of different names are never compared."""

    @property
    def dim(self) -> int:
        """How long a vector is."""

    def encode(self, texts: Sequence[str]) -> Matrix:
        """One row of length 1 (to 0.001) for each text, shape (len(texts), dim). Equal texts have equal rows."""


class Vectors:
    """The vectors of some texts. A text without one is like nothing: its similarity to all is 0.

    Many mentors are compared with one request, so the similarities of the texts asked for with all others are
    computed at once, and looked up from then on.
    """

    def __init__(self, rows: Mapping[str, Matrix], dim: int) -> None:
        self._place = {text: number for number, text in enumerate(rows)}
        self._matrix = np.zeros((len(rows) + 1, dim), np.float32)  # the last row is for texts not known
        for number, row in enumerate(rows.values()):
            self._matrix[number] = row
        self._with_all: OrderedDict[tuple[str, ...], Matrix] = OrderedDict()

    def __contains__(self, text: str) -> bool:
        return text in self._place

    def of(self, texts: Sequence[str]) -> Matrix:
        """The vectors of these texts, shape (len(texts), dim)."""
        return self._matrix[[self._place.get(text, -1) for text in texts]]

    def similarities(self, ours: Sequence[str], theirs: Sequence[str]) -> Matrix:
        """Cosine of each of our texts (rows) with each of theirs (columns)."""
        place = self._place
        found: Matrix = self._similarities_with_all(tuple(ours))[:, [place.get(text, -1) for text in theirs]]
        return found

    def _similarities_with_all(self, ours: tuple[str, ...]) -> Matrix:
        known = self._with_all.get(ours)
        if known is None:
            known = self._with_all[ours] = self.of(ours) @ self._matrix.T
            while len(self._with_all) > LISTS_KEPT:
                self._with_all.popitem(last=False)
        return known


def unit(rows: Matrix) -> Matrix:
    """The rows scaled to length 1; a row of zeros stays."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    scaled: Matrix = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return scaled
