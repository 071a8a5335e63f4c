"""Encoders compared: how fast they are, how far their vectors are from those in use, and what comes of the matches."""

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.clock import system_clock
from embeddings.facets import profile_texts, request_texts
from embeddings.remembered import Remembered
from embeddings.vectors import Encoder, Matrix
from tests.bench.encoding.way import Way
from tests.bench.quality import metrics, people, scoring
from tests.bench.quality.reading import QualitySet

LENGTHS = {"tags": (1, 40), "sentences": (60, 160), "abstracts": (700, 2000)}  # characters
SAME_VECTORS = 1e-3  # apart: rounding to halves moves a vector by as much, and no rank


@dataclass(frozen=True)
class Speed:
    """Texts a second: by the clock, and by a second of computing."""

    by_clock: float
    by_cpu: float


def texts_of(of: QualitySet) -> set[str]:
    """All distinct texts that the people of a set say."""
    told = [request_texts(people.request(line)) for line in of.queries.values()]
    told += [profile_texts(people.mentor(line)) for line in of.candidates.values()]
    return {text for each in told for facet in each.values() for text in facet}


def sampled(texts: Sequence[str], most: int) -> dict[str, list[str]]:
    """So many texts of each length, always the same."""
    draw = random.Random(0)
    found = {}
    for name, (least, longest) in LENGTHS.items():
        fitting = sorted({text for text in texts if least <= len(text) <= longest})
        found[name] = draw.sample(fitting, min(most, len(fitting)))
    return found


def compare(
    ways: Sequence[Way], samples: Mapping[str, Sequence[str]], sets: Sequence[QualitySet], cache: Path
) -> Iterator[str]:
    """A line for each way, the first of which is in use: speeds, the farthest vector, and each set's main figure where
    that can have changed.
    """
    heads = "".join(f"{f'{name}/s':>14}{'CPU':>7}" for name in samples)
    yield f"{'':<22}{heads}{'farthest':>11}" + "".join(f"{each.name[:14]:>16}" for each in sets)
    every = [text for texts in samples.values() for text in texts]
    as_used: Matrix | None = None
    for way in ways:
        if not way.is_here:
            yield f"{way.name:<22}  {way.needs} is not installed"
            continue
        encoder = way.encoder()
        speeds = "".join(f"{each.by_clock:>14.0f}{each.by_cpu:>7.0f}" for each in _speeds(encoder, samples))
        rows = encoder.encode(every)
        as_used = rows if as_used is None else as_used
        apart = float(np.linalg.norm(rows - as_used, axis=1).max(initial=0))
        is_new = way is ways[0] or apart > SAME_VECTORS
        figures = "".join(f"{_figure(each, encoder, cache):>16}" for each in sets) if is_new else "  the same vectors"
        yield f"{way.name:<22}{speeds}{apart:>11.5f}{figures}"


def _speeds(encoder: Encoder, samples: Mapping[str, Sequence[str]]) -> Iterator[Speed]:
    for texts in samples.values():
        encoder.encode(texts[:8])
        began, computed = time.perf_counter(), time.process_time()
        encoder.encode(texts)
        taken, computing = time.perf_counter() - began, time.process_time() - computed
        yield Speed(len(texts) / taken, len(texts) / computing)


def _figure(of: QualitySet, encoder: Encoder, cache: Path) -> str:
    """The main metric of a set."""
    cases = metrics.cases(of, scoring.Scorer(of, Remembered(encoder, cache), system_clock()).scores())
    main = next(each for each in metrics.measure(cases) if each.name == of.main)
    return f"{main.value:.4f}"
