"""`./ithaca bench load`: the sample students ask one after another, with and without the rule on exposure."""

import argparse
import sys
from collections.abc import Mapping

from embeddings.encoder import DEFAULT_MODEL, load
from tests.bench.load.figures import table
from tests.bench.load.programme import programme


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Print the figures of both runs side by side."""
    encoder = load(environ.get("ITHACA_MODEL") or DEFAULT_MODEL)
    with programme(environ, encoder) as people:
        free = table(*people.run(arguments.requests, answered=True))
        limited = table(*people.run(arguments.requests, answered=False))
    _say(f"{arguments.requests} requests of sample students, one after another, to the sample mentors")
    _say(f"{'':<32}{'no exposure rule':>22}{'at most free places × 2':>26}")
    for name, figure in free.items():
        _say(f"{name:<32}{figure:>22}{limited[name]:>26}")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
