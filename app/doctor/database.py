"""The database: reached, new enough, migrated, and its rows protected; and what stands in it."""

from collections.abc import Iterator
from datetime import UTC, datetime

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from app.doctor.finding import Finding, failed, ok
from core.config import Settings, sqlalchemy_url
from core.services.invariants import INVARIANTS, broken
from core.uow import SYSTEM, Units
from migrations import commands

OLDEST = 15
APART = 5.0  # seconds between the database's clock and ours
SHOWN = 5


def database(settings: Settings) -> Iterator[Finding]:
    """Look as the service's own role, which is what every process uses."""
    engine = create_engine(sqlalchemy_url(settings.service_database_url), poolclass=NullPool)
    try:
        with engine.connect() as connection:
            yield from _connected(settings, connection)
    except SQLAlchemyError as error:
        reason = str(error.__cause__ or error).strip().splitlines()[0]
        yield failed(
            "database",
            f"not reached: {reason}",
            "Check DATABASE_URL and that the server runs; `./ithaca migrate up` makes the service's role.",
        )


def _connected(settings: Settings, connection: Connection) -> Iterator[Finding]:
    version, bypasses, now = connection.execute(
        text(
            "SELECT current_setting('server_version'), (SELECT rolsuper OR rolbypassrls FROM pg_roles"
            " WHERE rolname = current_user), clock_timestamp()"
        )
    ).one()
    if int(str(version).partition(".")[0]) < OLDEST:
        yield failed("database", f"PostgreSQL {version}", f"Ithaca needs PostgreSQL {OLDEST} or newer.")
    newest = ScriptDirectory.from_config(commands.config(settings)).get_current_head()
    current = MigrationContext.configure(connection).get_current_revision()
    if current == newest:
        yield ok("database", f"PostgreSQL {version}, at revision {current}")
    else:
        yield failed("database", f"at revision {current or 'none'}, not {newest}", "Run `./ithaca migrate up`.")
    if bypasses:
        yield failed("row security", "the service's role bypasses it", "ALTER ROLE it NOSUPERUSER NOBYPASSRLS.")
    else:
        yield ok("row security", "holds for the service's role")
    apart = abs((datetime.now(UTC) - now).total_seconds())
    if apart > APART:
        yield failed("clocks", f"the database's and this machine's are {apart:.0f} s apart", "Set both by NTP.")


def data(units: Units) -> Iterator[Finding]:
    """Whether what has to hold in the database at rest does."""
    with units.read(SYSTEM) as reading:
        found = broken(reading)
    for one in found:
        ids = ", ".join(map(str, one.ids[:SHOWN])) + (" …" if len(one.ids) > SHOWN else "")
        yield failed("data", f"not so: {one.says.lower()}", f"Look at {len(one.ids)}: {ids}")
    yield ok("data", f"{len(INVARIANTS) - len(found)} of {len(INVARIANTS)} things that have to hold do")
