"""`./ithaca bench`: measurements, each a package of `app.bench`."""

import argparse
from collections.abc import Mapping
from importlib import import_module
from typing import cast

from app.cli import Command


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Run the measurement that the arguments name."""
    bench = cast("Command", import_module(f"app.bench.{arguments.bench}.run"))
    return bench.run(arguments, environ)
