"""The way of the database: forward, back, forward again, and equal to the models."""

from dataclasses import dataclass

from alembic import command
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from core.config import Settings, sqlalchemy_url
from migrations.commands import config, downgrade, upgrade


@dataclass
class Fresh:
    settings: Settings

    def tables(self) -> set[str]:
        engine = create_engine(sqlalchemy_url(self.settings.database_url), poolclass=NullPool)
        with engine.connect() as connection:
            rows = connection.execute(
                text("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
            )
            return {str(name) for (name,) in rows}


def fresh(settings: Settings) -> Fresh:
    """A second, empty database on the same server."""
    engine = create_engine(sqlalchemy_url(settings.database_url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS fresh"))
        connection.execute(text("CREATE DATABASE fresh"))
    engine.dispose()
    url = settings.database_url.rpartition("/")[0] + "/fresh"
    return Fresh(settings.model_copy(update={"database_url": url}))


def test_up_down_and_up_again(settings: Settings) -> None:
    database = fresh(settings)
    upgrade(database.settings)
    complete = database.tables()
    assert "match_offers" in complete
    downgrade(database.settings)
    assert database.tables() == {"alembic_version"}
    upgrade(database.settings)
    assert database.tables() == complete


def test_the_models_are_what_the_migrations_make(settings: Settings) -> None:
    command.check(config(settings))
