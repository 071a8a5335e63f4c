"""The whole database in one file, and back, by PostgreSQL's own programs.

A dump holds everything the service knows. What it does not hold is the key that signs links and passwords
(`ITHACA_SECRET_KEY`): who moves to another machine takes it along.
"""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import conninfo, sql

from app.embedded import postgres
from app.errors import CommandError
from core.config import Settings
from migrations.commands import upgrade

ALL_ROWS = {"PGOPTIONS": "-c app.role=system"}
"""As the system row security shows every row, whoever owns the tables."""

EMPTY = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"


@dataclass(frozen=True)
class Contents:
    """How many rows stand in each table."""

    rows: Mapping[str, int]

    @property
    def total(self) -> int:
        """Rows in all tables."""
        return sum(self.rows.values())


def dump(settings: Settings, file: Path) -> Contents:
    """Write everything, as it stood at one moment, to a file that its owner alone can read.

    It appears only once it is complete. Returns what was in the database. Raises `CommandError`.
    """
    found = contents(settings)
    if not found.rows:
        raise CommandError("The database is empty: there is nothing to back up.")
    part = file.with_name(f"{file.name}.part")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        part.touch(0o600)
    except OSError as error:
        raise CommandError(f"{file} cannot be written: {error.strerror}.") from None
    try:
        _run(settings, "pg_dump", "--format=custom", "--enable-row-security", f"--file={part}")
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return found


def restore(settings: Settings, file: Path) -> Contents:
    """Put what a dump holds in the place of all there is, and bring it to the newest revision.

    One transaction: what cannot be restored leaves everything as it was. Nobody else may be connected.
    Raises `CommandError`.
    """
    if _others(settings):
        raise CommandError("Others use the database: stop web, workers and beat first.")
    script = subprocess.run(  # noqa: S603 - PostgreSQL's own program
        [_program("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(file)],
        capture_output=True,
        check=False,
        env=postgres.environment(),
    )
    if script.returncode:
        raise CommandError(f"{file} is no backup of Ithaca: {_last_line(script.stderr)}")
    _run(
        settings,
        "psql",
        "--no-psqlrc",
        "--quiet",
        "--output=/dev/null",
        "--single-transaction",
        "--set=ON_ERROR_STOP=1",
        f"--command={EMPTY}",
        "--file=-",
        given=script.stdout,
    )
    upgrade(settings)
    return contents(settings)


def contents(settings: Settings) -> Contents:
    """What stands in the database now."""
    tables = (
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " AND relname <> 'alembic_version' ORDER BY 1"
    )
    with psycopg.connect(settings.database_url, options=ALL_ROWS["PGOPTIONS"]) as connection:
        names = [str(name) for (name,) in connection.execute(tables)]
        counts = {name: connection.execute(_counting(name)).fetchone() for name in names}
    return Contents({name: int(count[0]) for name, count in counts.items() if count})


def _counting(table: str) -> sql.Composed:
    return sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))


def _others(settings: Settings) -> int:
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with psycopg.connect(settings.database_url) as connection:
        found = connection.execute(asked).fetchone()
    return int(found[0]) if found else 0


def _run(settings: Settings, program: str, *options: str, given: bytes | None = None) -> None:
    """Run one of PostgreSQL's programs on the database. The connection, with its password, is in no command line."""
    where = conninfo.conninfo_to_dict(settings.database_url)
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    names |= {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}
    environ = (
        postgres.environment() | ALL_ROWS | {names[key]: str(value) for key, value in where.items() if key in names}
    )
    if home := os.environ.get("HOME"):
        environ["HOME"] = home  # where the certificates of a server are looked for
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs
        [_program(program), *options], input=given, capture_output=True, check=False, env=environ
    )
    if done.returncode:
        raise CommandError(f"{program} failed, and nothing has changed: {_last_line(done.stderr)}")


def _program(name: str) -> str:
    return str(postgres.programs() / name)


def _last_line(said: bytes) -> str:
    lines = said.decode(errors="replace").strip().splitlines()
    return next((line for line in lines if "error" in line.lower()), lines[-1] if lines else "it gave no reason")
