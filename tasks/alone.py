"""Long work that one process does at a time: shown by a lock that the database drops the moment the process is gone."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from psycopg import Connection
from sqlalchemy import Engine


@contextmanager
def alone(engine: Engine, name: str) -> Iterator[bool]:
    """Whether nobody else does the work of this name, and nobody begins it before the block ends."""
    pooled = engine.raw_connection()
    connection = cast("Connection", pooled.driver_connection)
    pooled.detach()  # when closed it is gone for good, and its lock with it
    try:
        connection.autocommit = True
        row = connection.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [name]).fetchone()
        yield bool(row and row[0])
    finally:
        connection.close()
