"""`./ithaca bench`: measurements, each a package of `tests.bench`."""

import argparse
from collections.abc import Mapping

from app.of_tests import command


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Run the measurement that the arguments name."""
    bench = command(f"tests.bench.{arguments.bench}.run", "The measurement stands in tests/bench")
    return bench.run(arguments, environ)
