"""`./ithaca bench encoding DIR`: texts a second in several ways, and how far each changes vectors and matches."""

import argparse
import sys
from collections.abc import Mapping

from app import environment
from tests.bench.encoding.comparing import compare, sampled, texts_of
from tests.bench.encoding.ways import WAYS
from tests.bench.quality import reading


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Measure every way that is here on the texts of the sets; matches only where vectors differ."""
    sets = [reading.read(folder) for folder in reading.folders(arguments.folder)]
    samples = sampled([text for each in sets for text in texts_of(each)], arguments.texts)
    cache = environment.data_folder(environ) / "bench/encoding"
    for line in compare(WAYS, samples, sets, cache):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    return 0
