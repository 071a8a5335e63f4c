"""One way measured in a process of its own, which has all vectors from before and nothing else."""

import gc
import multiprocessing
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from uuid import UUID

import faiss
import numpy as np
import psutil

from embeddings.person import Wanted
from embeddings.segment import Row
from tests.bench.index.ways import WAYS

NEAREST = 100
MB = 1 << 20


@dataclass(frozen=True)
class Measured:
    """Seconds to build it, megabytes it takes, milliseconds to add one and to search, and what was found."""

    building: float
    memory: float
    adding: float
    searching: float
    found: Sequence[Sequence[UUID]]

    def share_of(self, exact: "Measured") -> float:
        """How many of the nearest, by an exact search as used, were found."""
        pairs = zip(self.found, exact.found, strict=True)
        return float(np.mean([len({*ours} & {*theirs}) / len(theirs) for ours, theirs in pairs]))


@dataclass(frozen=True)
class Given:
    """The mentors, one more than are indexed, and the requests."""

    rows: Sequence[Row]
    asked: Sequence[Wanted]
    dim: int


_given: Given | None = None  # what forked processes have without a copy


def measure(given: Given) -> dict[str, Measured]:
    """Measure all ways, one after the other."""
    global _given
    _given = given
    gc.collect()
    gc.freeze()
    found = {}
    for name in WAYS:
        with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as process:
            found[name] = process.submit(_measured, name).result()
    return found


def _measured(name: str) -> Measured:
    assert _given is not None
    faiss.omp_set_num_threads(1)
    *rows, last = _given.rows
    before, began = psutil.Process().memory_info().rss, time.process_time()
    index = WAYS[name](rows, _given.dim)
    building = time.process_time() - began
    gc.collect()
    memory = psutil.Process().memory_info().rss - before
    searching, found = [], []
    for wanted in _given.asked:
        began = time.process_time()
        found.append(index.nearest(wanted, NEAREST))
        searching.append(time.process_time() - began)
    began = time.process_time()
    index.add(last)
    adding = time.process_time() - began
    return Measured(building, memory / MB, adding * 1000, float(np.median(searching)) * 1000, found)
