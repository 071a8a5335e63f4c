"""`./ithaca bench`: measurements, each a package of `tests.bench`."""

import argparse
import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import cast

from app.cli import Command

WITHOUT_TESTS = "Measurements stand in tests/bench, which is not part of this installation. Run them from a clone."


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Run the measurement that the arguments name."""
    if find_spec("tests") is None:
        sys.stderr.write(WITHOUT_TESTS + "\n")
        return 1
    bench = cast("Command", import_module(f"tests.bench.{arguments.bench}.run"))
    return bench.run(arguments, environ)
