"""Commands that stand with the tests, which are no part of every installation."""

from importlib import import_module
from importlib.util import find_spec
from typing import cast

from app.cli import Command
from app.errors import CommandError


def command(module: str, what: str) -> Command:
    """The command of a module of `tests`. Raises `CommandError` where there are none; `what` begins its sentence."""
    if find_spec("tests") is None:
        raise CommandError(f"{what}, which is not part of this installation. Run it from a clone.")
    return cast("Command", import_module(module))
