"""Runs migrations as the database's owner, one run at a time, then gives the service's role its rights."""

from alembic import context
from sqlalchemy import create_engine, pool, text

from core.config import Settings, sqlalchemy_url
from core.models import Base
from migrations.role import ensure_role

settings: Settings = context.config.attributes["settings"]

engine = create_engine(sqlalchemy_url(settings.database_url), poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata)
    with context.begin_transaction():
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('ithaca migrations'))"))
        context.run_migrations()
        ensure_role(connection, settings)
    connection.commit()
engine.dispose()
