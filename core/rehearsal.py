"""Units of work that are only rehearsed: each sees what those before it did, nobody else ever does, nothing is kept."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from core.clock import Clock
from core.queue import Queue
from core.uow import Actor, Reading, Units, Work


class Rehearsal(Units):
    """All units of work in one transaction, each in a savepoint, one at a time."""

    def __init__(self, connection: Connection, queue: Queue, clock: Clock) -> None:
        super().__init__(connection.engine, queue, clock)
        self._session = lambda: Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint")
        self._turn = threading.RLock()

    @contextmanager
    def work(self, actor: Actor) -> Iterator[Work]:
        """Do several things wholly or not at all, until the rehearsal is over."""
        with self._turn, super().work(actor) as work:
            yield work

    @contextmanager
    def read(self, actor: Actor) -> Iterator[Reading]:
        """Look at the state as it is in this rehearsal; the database refuses to write."""
        with self._turn, self._session() as session, session.begin() as savepoint:
            session.execute(text("SET TRANSACTION READ ONLY"))
            reading = Reading(session, actor, self.clock())
            reading.become(actor)
            yield reading
            savepoint.rollback()  # takes back READ ONLY too


@contextmanager
def rehearsal(engine: Engine, queue: Queue, clock: Clock) -> Iterator[Rehearsal]:
    """A rehearsal for the length of a block.

    Rows that it changes are locked meanwhile. The service must not suffer from that: where somebody else holds a row,
    the rehearsal gives up on it after a tenth of a second, long before PostgreSQL would look for deadlocks.
    """
    with engine.connect() as connection, connection.begin() as transaction:
        connection.execute(text("SET LOCAL lock_timeout = 100"))
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        try:
            yield Rehearsal(connection, queue, clock)
        finally:
            transaction.rollback()
