"""That a delivery is alive, shown by a lock: the database drops it the moment the process is gone, even killed."""

import secrets
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import LiteralString, cast

from psycopg import Connection, Error, OperationalError
from sqlalchemy import Engine

from core.services.claims import CLAIMING, PRESENCE


class Presence:
    """One number, and the advisory lock of that number on a connection of its own.

    What was claimed under a number whose lock is gone is put back by whoever claims next.
    """

    def __init__(self, engine: Engine) -> None:
        pooled = engine.raw_connection()
        self._connection = cast("Connection", pooled.driver_connection)
        pooled.detach()  # when let go it is closed for good, and its lock with it
        self._connection.autocommit = True
        self._ask("SELECT set_config('lock_timeout', '30s', false)")  # a claim takes milliseconds, if it gets a core
        self.number = self._locked()

    def _locked(self) -> int:
        while True:
            number = secrets.randbelow(2**31)
            if self._ask("SELECT pg_try_advisory_lock(%s, %s)", PRESENCE, number):
                return number

    @property
    def alive(self) -> bool:
        """Whether the connection still stands."""
        try:
            return bool(self._ask("SELECT true"))
        except OperationalError:
            return False

    @contextmanager
    def claiming(self) -> Iterator[None]:
        """Claim alone: nobody else does meanwhile."""
        self._ask("SELECT pg_advisory_lock(hashtext(%s))", CLAIMING)
        yield
        self._ask("SELECT pg_advisory_unlock(hashtext(%s))", CLAIMING)

    def _ask(self, question: LiteralString, *values: object) -> object:
        row = self._connection.execute(question, values).fetchone()
        return row[0] if row else None

    def end(self) -> None:
        """Let go, as a killed process does; at once, for the server notices a closed connection when it gets to it."""
        with suppress(Error):
            self._ask("SELECT pg_advisory_unlock_all()")
        self._connection.close()


class Presences:
    """The presences of one process: one for each delivery that runs, used again by the next."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._idle: deque[Presence] = deque()

    @contextmanager
    def one(self) -> Iterator[Presence]:
        """A presence for the length of a block. After an error it is gone: what it had claimed is put back."""
        presence = self._take()
        try:
            yield presence
        except BaseException:
            presence.end()
            raise
        self._idle.append(presence)

    def _take(self) -> Presence:
        while self._idle:
            presence = self._idle.pop()
            if presence.alive:
                return presence
            presence.end()
        return Presence(self._engine)

    def end(self) -> None:
        """Close those that are not in use."""
        while self._idle:
            self._idle.pop().end()
