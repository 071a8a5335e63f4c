"""`./ithaca bench scale`: what the anchors of `matching/scale.py` come from."""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import fmean

import numpy as np

from app import environment
from app.errors import CommandError
from app.sample.people import load as sample_people
from core.clock import system_clock
from core.rules.scores import Criterion
from embeddings.encoder import DEFAULT_MODEL, ModelError, load
from matching.scale import ANCHORS
from tests.bench.quality import reading
from tests.bench.quality.run import VECTORS
from tests.bench.quality.scoring import Scorer
from tests.bench.sample.people import meet
from tests.bench.scale.likenesses import Seen, in_sample, in_set

Sets = Mapping[str, Mapping[Criterion, Seen]]
LEAST = 50  # pairs; fewer say nothing of a percentile
ANCHORED = ((50, "unrelated, median"), (95, "unrelated, 95th"), (50, "related, median"))


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Print a table for each criterion: a row for each set, their mean, and the anchors in use."""
    cache = arguments.cache or environment.data_folder(environ) / VECTORS
    try:
        encoder = load(environ.get("ITHACA_MODEL") or DEFAULT_MODEL, cache)
    except ModelError as error:
        raise CommandError(str(error)) from None
    now = system_clock()
    sets = {"sample people": in_sample(meet(sample_people(), encoder, now), now)}
    for folder in reading.folders(arguments.folder):
        quality_set = reading.read(folder)
        sets[quality_set.name] = in_set(quality_set, Scorer(quality_set, encoder, now))
    sys.stdout.writelines(f"{line}\n" for line in report(sets))
    return 0


def report(sets: Sets) -> Iterator[str]:
    """All there is to tell, line by line."""
    for criterion, anchors in ANCHORS.items():
        yield _row(criterion, [name for _, name in ANCHORED])
        known = {name: _percentiles(seen[criterion]) for name, seen in sets.items() if criterion in seen}
        yield from (_row(f"  {name}", map(_figure, values)) for name, values in known.items() if any(values))
        yield _row("  mean", map(_figure, map(_mean, zip(*known.values(), strict=True))))
        yield _row("  in use", map(_figure, (anchors.unrelated, anchors.rare, anchors.related)))


def _percentiles(seen: Seen) -> list[float | None]:
    values = (seen.unrelated, seen.unrelated, seen.related)
    return [
        float(np.percentile(each, percentile)) if len(each) >= LEAST else None
        for each, (percentile, _) in zip(values, ANCHORED, strict=True)
    ]


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _row(name: str, cells: Iterable[str]) -> str:
    return f"{name:<26}" + "".join(f"{cell:>20}" for cell in cells)
