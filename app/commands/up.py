"""`./ithaca up`."""

import argparse
import sys
from collections.abc import Mapping

from app.stack import up
from app.stack.console import Console
from app.stack.plan import Choices


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Run the whole stack until Ctrl-C."""
    choices = Choices(not arguments.no_seed, arguments.port, arguments.sandbox_port, arguments.socket_mode)
    return up.run(environ, choices, Console(sys.stdout, environ))
