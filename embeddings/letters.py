"""A light share for spelling in each vector: it knows the names and misspellings that a model does not."""

import math
import zlib
from collections.abc import Sequence

import numpy as np

from core.taxonomy.spelling import words
from embeddings.vectors import Encoder, Matrix, unit

SHARE = 0.15  # of the similarity of two texts; 0.1 to 0.3 did about equally well on the quality sets
BUCKETS = 256
SHORTEST, LONGEST = 2, 4


class WithLetters:
    """An encoder whose similarity is `1 - SHARE` of another's, and `SHARE` that of the letters.

    Both parts stand side by side in one vector, each scaled by the root of its share, so that one inner
    product gives the mix everywhere: in storage, in the index, in the rubric.
    """

    def __init__(self, meaning: Encoder) -> None:
        self._meaning = meaning
        self.name = f"{meaning.name}+letters"
        self.dim = meaning.dim + BUCKETS

    def encode(self, texts: Sequence[str]) -> Matrix:
        """One row of length 1 for each text."""
        letters = np.stack([runs_of_letters(text) for text in texts]) if texts else np.zeros((0, BUCKETS))
        parts = (math.sqrt(1 - SHARE) * self._meaning.encode(texts), math.sqrt(SHARE) * letters)
        return unit(np.concatenate(parts, axis=1).astype(np.float32))


def runs_of_letters(text: str) -> Matrix:
    """The runs of two to four letters in the words of a text, each counted once, hashed into a unit vector.

    Hashing with signs (Weinberger et al., 2009) keeps the inner product of two texts unbiased.
    """
    padded = {f" {word} " for word in words(text)}
    runs = {
        word[start : start + length]
        for word in padded
        for length in range(SHORTEST, LONGEST + 1)
        for start in range(len(word) - length + 1)
    }
    row = np.zeros(BUCKETS, np.float32)
    for run in runs:
        number = zlib.crc32(run.encode())
        row[number % BUCKETS] += 1 if number & 0x8000_0000 else -1
    return unit(row)
