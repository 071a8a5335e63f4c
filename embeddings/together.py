"""Several models as one: what they hold alike is the mean of what each holds alike."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from embeddings.vectors import Encoder, Matrix

JOINED: Final = "&"


class Together:
    """An encoder whose vectors are those of several models side by side, scaled to length 1 together.

    The cosine of two such vectors is the mean of the models' cosines, so that whatever compares, stores or searches
    vectors needs to know nothing of it. Models err in different places: together they err less (docs/matching.md).
    """

    def __init__(self, models: Sequence[Encoder]) -> None:
        self._models = models
        self.name = JOINED.join(model.name for model in models)
        self.dim = sum(model.dim for model in models)

    def encode(self, texts: Sequence[str]) -> Matrix:
        """One row of length 1 for each text, shape (len(texts), dim)."""
        each = [model.encode(texts) for model in self._models]
        return np.concatenate(each, axis=1) / np.float32(np.sqrt(len(each)))
