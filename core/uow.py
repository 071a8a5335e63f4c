"""The unit of work: the only place that commits, and the only one that runs calls after a commit.

It names its actor, and row-level security in the database decides by it what can be seen and changed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from core.clock import Clock, clock_of, system_clock
from core.config import Settings, sqlalchemy_url
from core.queue import Job, Queue

Role = Literal["member", "admin", "system"]


@dataclass(frozen=True)
class Actor:
    """In whose name something is done. Members are students, mentors or both."""

    role: Role
    user_id: UUID | None = None


SYSTEM = Actor("system")


def member(user_id: UUID) -> Actor:
    """A person who acts for themselves."""
    return Actor("member", user_id)


def admin(user_id: UUID) -> Actor:
    """A member of staff."""
    return Actor("admin", user_id)


@dataclass
class Reading:
    """A transaction that only reads, as one actor, at one moment."""

    session: Session
    actor: Actor
    now: datetime

    def become(self, actor: Actor) -> None:
        """Set for the rest of this transaction who acts."""
        self.session.execute(
            text("SELECT set_config('app.user_id', :user, true), set_config('app.role', :role, true)"),
            {"user": str(actor.user_id or ""), "role": actor.role},
        )
        self.actor = actor

    @contextmanager
    def as_system(self) -> Iterator[None]:
        """Go on where the actor was found entitled to something that touches other people's rows.

        Load what is acted on as the actor first: a row that the actor cannot see cannot be acted on. However the block
        ends, what comes after it is done by the actor.
        """
        actor = self.actor
        self.session.flush()
        self.become(SYSTEM)
        try:
            yield
            self.session.flush()
        except BaseException:
            with suppress(SQLAlchemyError):  # a failed transaction takes it back itself, when it is undone
                self.become(actor)
            self.actor = actor
            raise
        self.become(actor)


@dataclass
class Work(Reading):
    """A transaction that may write. What it queues is sent after its commit, never before."""

    jobs: dict[tuple[Job, tuple[str, ...]], None] = field(default_factory=dict)

    def queue(self, job: Job, *args: UUID | str) -> None:
        """Ask for a job once this work is committed; the same job twice is asked for once."""
        self.jobs[job, tuple(str(arg) for arg in args)] = None


class Units:
    """Makes units of work on one database, with one clock and one queue."""

    def __init__(self, engine: Engine, queue: Queue, clock: Clock = system_clock) -> None:
        self.engine, self.clock, self._queue = engine, clock, queue
        self._session: Callable[[], Session] = lambda: Session(engine, expire_on_commit=False)

    @contextmanager
    def work(self, actor: Actor) -> Iterator[Work]:
        """Do several things wholly or not at all."""
        with self._session() as session:
            work = Work(session, actor, self.clock())
            with session.begin():
                work.become(actor)
                yield work
        for job, args in work.jobs:
            self._queue.send(job, *args)

    @contextmanager
    def read(self, actor: Actor) -> Iterator[Reading]:
        """Look at one consistent state; the database refuses to write."""
        with self._session() as session, session.begin():
            session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
            reading = Reading(session, actor, self.clock())
            reading.become(actor)
            yield reading


def units_of(settings: Settings, queue: Queue, *, pool_size: int = 20) -> Units:
    """Units of work on the database that the settings name, by the clock that they name."""
    engine = connect(settings.service_database_url, pool_size=pool_size)
    return Units(engine, queue, clock_of(settings.clock_file))


def connect(url: str, *, pool_size: int = 20) -> Engine:
    """An engine for the service's role. A click must be answered: nothing waits long for a lock."""
    return create_engine(
        sqlalchemy_url(url),
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=2.5,
        pool_pre_ping=True,
        pool_use_lifo=True,  # few connections do most of the work: their statements are prepared, their plans known
        hide_parameters=True,  # what people wrote has no place in a log
        connect_args={
            "connect_timeout": 2,
            "options": "-c timezone=UTC -c lock_timeout=2500 -c statement_timeout=20000 "
            "-c idle_in_transaction_session_timeout=30000",
        },
    )
