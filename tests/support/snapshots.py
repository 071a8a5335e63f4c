"""The whole database as it is, to see whether something changed it."""

from typing import Any

from sqlalchemy import Engine, text

from core.models import Base

Snapshot = dict[str, list[tuple[Any, ...]]]


def snapshot(owner: Engine) -> Snapshot:
    """Every row of every table, as the owner sees it, whom row security does not bind."""
    with owner.connect() as connection:
        return {
            table: [tuple(row) for row in connection.execute(text(f"SELECT t::text FROM {table} t ORDER BY t.id"))]
            for table in Base.metadata.tables
        }
