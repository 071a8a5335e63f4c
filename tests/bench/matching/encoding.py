"""An encoder for texts that are put together of known clauses: what they mean is the sum of their parts."""

from collections.abc import Collection, Sequence

import numpy as np

from embeddings.halves import STORED
from embeddings.vectors import Encoder, Matrix, unit
from tests.bench.matching.clauses import clauses


class Recombining:
    """Encodes each clause once, and a text of several by their sum: a hundred thousand mentors in minutes."""

    def __init__(self, encoder: Encoder, whole: Collection[str]) -> None:
        """The texts in `whole` are encoded as they are."""
        self._encoder, self._whole = encoder, whole
        self._known: dict[str, Matrix] = {}
        self.name, self.dim = encoder.name, encoder.dim

    def encode(self, texts: Sequence[str]) -> Matrix:
        """One row of length 1 for each text."""
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        parts = [(text,) if text in self._whole else clauses(text) for text in texts]
        new = sorted({part for each in parts for part in each} - self._known.keys(), key=len)
        self._known |= zip(new, self._encoder.encode(new), strict=True)
        sums = np.stack([np.sum([self._known[part] for part in each], axis=0) for each in parts])
        return unit(sums).astype(STORED).astype(np.float32)
