"""Which answered questions a new one resembles: by the cosine of what a sentence model makes of both."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import numpy as np

from embeddings.vectors import Matrix

THRESHOLD: Final = 0.68
"""Cosine from which two questions count as the same one. `./ithaca bench questions` says what it was chosen by."""


def similar(asked: Matrix, known: Sequence[UUID], rows: Matrix, threshold: float = THRESHOLD) -> list[UUID]:
    """Those of the known questions that are the same as the one asked, the most alike first.

    `asked` has shape (dim,), `rows` (len(known), dim); all of length 1.
    """
    cosines = rows @ asked
    found: list[int] = np.flatnonzero(cosines >= threshold).tolist()
    found.sort(key=lambda number: (-cosines[number], known[number]))
    return [known[number] for number in found]
