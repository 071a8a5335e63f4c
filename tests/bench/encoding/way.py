"""A way to run the model: what it is called, and what it takes."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from embeddings.encoder import BATCH, THREADS
from embeddings.halves import InHalves
from embeddings.vectors import Encoder


@dataclass(frozen=True)
class Way:
    """A way to run the model, how many threads it has, and what it needs that does not come with Ithaca."""

    name: str
    make: Callable[["Way"], Encoder]
    batch: int = BATCH
    threads: int = THREADS
    needs: str = ""

    @property
    def is_here(self) -> bool:
        """Whether all that it needs can be imported."""
        return not self.needs or find_spec(self.needs) is not None

    def encoder(self) -> Encoder:
        """The encoder, rounding as the service does."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # ways out of torch are announced to go, and tracing warns of every shape
            return InHalves(self.make(self))
