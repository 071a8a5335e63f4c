"""What tests share: one real PostgreSQL for the whole run, migrated by Alembic, empty before each test.

Tests commit for real. Row security and read-only transactions are set per transaction, so a test inside an outer
transaction would not see what the service sees.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime

import hypothesis
import pytest
from sqlalchemy import Connection, Engine, create_engine, text

from core.clock import stopped_at
from core.config import APP_ROLE, Settings, read, sqlalchemy_url
from core.models import Base
from core.uow import Units, connect
from migrations.commands import upgrade
from tests.support import examples as examples
from tests.support.browsers import browser as browser
from tests.support.faults import seen as seen
from tests.support.garbage import pytest_collection_finish as pytest_collection_finish
from tests.support.lock_order import LockOrder
from tests.support.lock_watch import watched
from tests.support.order import pytest_collection_modifyitems as pytest_collection_modifyitems
from tests.support.order import pytest_xdist_make_scheduler as pytest_xdist_make_scheduler
from tests.support.queues import Recorded
from tests.support.servers import postgres

hypothesis.settings.load_profile("ithaca")  # `--hypothesis-profile=deep` comes after it

MANY = 500  # rows
TABLES = tuple(table.name for table in reversed(Base.metadata.sorted_tables))
"""Those that point at others first."""
FILLED = text(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in TABLES))
NOON = datetime(2030, 3, 1, 12, 0, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--lock-order", action="store_true", help="fail at the end if locks were taken in no fixed order")


@pytest.fixture(scope="session")
def settings() -> Iterator[Settings]:
    """The settings of a service on a migrated database of its own."""
    with postgres() as url:
        made = read(
            {
                "DATABASE_URL": url,
                "REDIS_URL": "redis://127.0.0.1:1/0",
                "SLACK_BOT_TOKEN": "xoxb-test",
                "SLACK_SIGNING_SECRET": "test-signing-secret",
                "ITHACA_SECRET_KEY": "a secret key that only tests use",
            }
        )
        upgrade(made)
        _plan_once(made)
        yield made


def _plan_once(settings: Settings) -> None:
    """Row security makes plans dear, and for the few rows of a test any plan will do."""
    engine = create_engine(sqlalchemy_url(settings.database_url))
    with engine.begin() as connection:
        connection.execute(text(f"ALTER ROLE {APP_ROLE} SET plan_cache_mode = force_generic_plan"))
    engine.dispose()


@pytest.fixture(scope="session")
def owner(settings: Settings) -> Iterator[Engine]:
    """The database as its owner, whom row security does not bind."""
    engine = create_engine(sqlalchemy_url(settings.database_url))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def engine(settings: Settings, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The database as the service's own role."""
    engine = connect(settings.service_database_url, pool_size=60)
    with watched(engine) if request.config.getoption("--lock-order") else nullcontext(LockOrder()) as order:
        yield engine
    engine.dispose()
    assert "\n".join(order.told()) == ""


@pytest.fixture
def queue() -> Recorded:
    """The wake-ups of this test."""
    return Recorded()


@pytest.fixture
def units(engine: Engine, owner: Engine, queue: Recorded) -> Units:
    """Units of work on an empty database, at noon of a day that never changes."""
    with owner.begin() as connection:
        empty(connection)
    return Units(engine, queue, stopped_at(NOON))


def empty(connection: Connection, *kept: str) -> None:
    """Delete the few rows of a test, which is forty times as fast as to truncate; after many, truncate as well."""
    found = set(connection.scalars(FILLED)) - set(kept)
    filled = [name for name in TABLES if name in found]
    if not filled:
        return
    connection.execute(text("ALTER TABLE audit_log DISABLE TRIGGER refuse_change"))
    deleted = sum(connection.execute(text(f"DELETE FROM {name}")).rowcount for name in filled)
    if deleted > MANY:
        connection.execute(text(f"TRUNCATE {', '.join(name for name in TABLES if name not in kept)}"))
    connection.execute(text("ALTER TABLE audit_log ENABLE TRIGGER refuse_change"))


def later(units: Units, moment: datetime) -> Units:
    """The same database at another moment."""
    return Units(units.engine, units._queue, stopped_at(moment))
