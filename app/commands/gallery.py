"""`./ithaca gallery`: pictures of what people see, made by `tests.gallery`."""

import argparse
from collections.abc import Mapping

from app.of_tests import command


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Take the pictures that the arguments name."""
    return command("tests.gallery.run", "The gallery is made from tests/gallery").run(arguments, environ)
