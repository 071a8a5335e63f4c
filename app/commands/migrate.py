"""`./ithaca migrate`: the database to a revision, forward freely, back only with `--yes`."""

import argparse
import sys
from collections.abc import Mapping

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError as AlembicError
from sqlalchemy import create_engine, pool

from app import environment
from app.errors import CommandError
from app.stack import log
from core.config import Settings, sqlalchemy_url
from migrations import commands


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Go there, and say where the database is."""
    log.configure()
    settings = environment.settings(environ)
    target = {"up": "head", "down": "base"}.get(arguments.to, arguments.to)
    try:
        if not _is_behind(settings, target):
            commands.upgrade(settings, target)
        elif arguments.yes:
            commands.downgrade(settings, target)
        else:
            raise CommandError(
                f"Going back to {target} drops tables and all that is in them. Add --yes if you mean it."
            )
    except AlembicError as error:
        raise CommandError(f"{error}. `./ithaca migrate up` goes to the newest revision.") from None
    sys.stdout.write(f"The database is at {_current(settings) or 'base'}.\n")
    return 0


def _is_behind(settings: Settings, target: str) -> bool:
    """Whether going there means going back."""
    if target == "base" or target.startswith("-"):
        return True
    if target == "head" or target.startswith("+"):
        return False
    script = ScriptDirectory.from_config(commands.config(settings))
    current = _current(settings)
    wanted = script.get_revision(target)
    past = script.iterate_revisions(current, "base") if current else ()
    return any(wanted.revision == one.revision for one in past if one.revision != current)


def _current(settings: Settings) -> str | None:
    engine = create_engine(sqlalchemy_url(settings.database_url), poolclass=pool.NullPool)
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
