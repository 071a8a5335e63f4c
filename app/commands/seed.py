"""`./ithaca seed`: sample people, in the sandbox and in Ithaca."""

import argparse
from collections.abc import Mapping

from app import environment
from app.seed import seed
from app.stack import log


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Fill the sandbox that the settings name. People who are there already stay as they are."""
    del arguments
    log.configure()
    settings = environment.settings(environ)
    seed(settings, settings.slack_api_url.removesuffix("/").removesuffix("/api"))
    return 0
