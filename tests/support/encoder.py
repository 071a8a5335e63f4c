"""An encoder for tests: no model, always the same, and texts with words in common are alike."""

import zlib
from collections.abc import Sequence

import numpy as np

from core.taxonomy.spelling import words
from embeddings.halves import STORED
from embeddings.vectors import Matrix, unit


class HashEncoder:
    """Each word is a direction; a text is the sum of its words."""

    name = "hash"
    dim = 64

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> Matrix:
        """One row of length 1 for each text."""
        self.encoded += texts
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        return unit(np.stack([_sum_of_words(text) for text in texts])).astype(STORED).astype(np.float32)


def _sum_of_words(text: str) -> Matrix:
    row = np.zeros(HashEncoder.dim, np.float32)
    for word in words(text) or (text,):
        row += np.random.default_rng(zlib.crc32(word.encode())).standard_normal(HashEncoder.dim)
    return row
