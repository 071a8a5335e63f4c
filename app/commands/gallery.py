"""`./ithaca gallery`: pictures of what people see, made by `tests.gallery`."""

import argparse
import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import cast

from app.cli import Command

WITHOUT_TESTS = "The gallery is made from tests/gallery, which is not part of this installation. Run it from a clone."


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Take the pictures that the arguments name."""
    if find_spec("tests") is None:
        sys.stderr.write(WITHOUT_TESTS + "\n")
        return 1
    gallery = cast("Command", import_module("tests.gallery.run"))
    return gallery.run(arguments, environ)
