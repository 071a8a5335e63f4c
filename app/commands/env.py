"""`./ithaca env`: `eval "$(./ithaca env)"` gives a shell the connections in use."""

import argparse
import shlex
import sys
from collections.abc import Mapping

from app import environment


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Print the settings that are not as good as a default, as exports."""
    del arguments
    sys.stdout.write(exports(environ))
    return 0


def exports(environ: Mapping[str, str]) -> str:
    """Lines for a shell. Raises `ConfigurationError` if nothing runs and nothing is set."""
    settings = environment.settings(environ)
    known = environment.variables(environ)
    known |= {"DATABASE_APP_URL": settings.service_database_url, "ITHACA_DATA": str(settings.data)}
    known |= {"SLACK_API_URL": settings.slack_api_url, "ITHACA_PUBLIC_URL": settings.public_url}
    names = sorted({name for name in known if name in environment.NAMES})
    return "".join(f"export {name}={shlex.quote(known[name])}\n" for name in names if known[name])
