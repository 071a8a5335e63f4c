"""`./ithaca bench quality`: scores every set in a folder and prints how good the scores are."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from app import environment
from app.errors import CommandError
from core.clock import Clock, system_clock
from embeddings.encoder import DEFAULT_MODEL, ModelError, load
from embeddings.vectors import Encoder
from tests.bench.quality import metrics, reading, report, scoring

SCORES = "scores.csv"
VECTORS = "bench/vectors"  # in the data folder


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Measure the set, or the sets, that the arguments name."""
    sets = reading.folders(arguments.folder)
    cache = arguments.cache or environment.data_folder(environ) / VECTORS
    try:
        encoder = load(environ.get("ITHACA_MODEL") or DEFAULT_MODEL, cache)
    except ModelError as error:
        raise CommandError(str(error)) from None
    for folder in sets:
        sys.stdout.write(measured(folder, _out(arguments.out, folder, len(sets)), encoder))
        sys.stdout.flush()
    return 0


def measured(folder: Path, out: Path, encoder: Encoder, clock: Clock = system_clock) -> str:
    """Score one set, write the scores, and tell the figures."""
    quality_set = reading.read(folder)
    scores = scoring.Scorer(quality_set, encoder, clock()).scores()
    scoring.write(scores, out)
    cases = metrics.cases(quality_set, scores)
    return report.table(quality_set, cases, metrics.measure(cases))


def _out(given: Path | None, folder: Path, sets: int) -> Path:
    """The file given; for several sets, a file for each in the folder given; else a file beside the set."""
    if given is None:
        return folder / SCORES
    return given if sets == 1 else given / f"{folder.name}.csv"
