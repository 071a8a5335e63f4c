"""`./ithaca restore`: the database as a backup has it."""

import argparse
import sys
from collections.abc import Mapping

from app import backups
from app.errors import CommandError
from app.stack import log
from app.stack.database import database


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Restore while nobody uses the database. What stands in it goes only with `--yes`."""
    log.configure()
    if not arguments.file.is_file():
        raise CommandError(f"There is no file {arguments.file}.")
    with database(environ, alone=True) as settings:
        there = backups.contents(settings)
        if there.total and not arguments.yes:
            raise CommandError(
                f"The database holds {there.total:,} rows, which would be replaced. Back them up first, "
                "and add --yes if you mean it."
            )
        found = backups.restore(settings, arguments.file)
    sys.stdout.write(f"Restored {found.total:,} rows of {len(found.rows)} tables.\n")
    return 0
