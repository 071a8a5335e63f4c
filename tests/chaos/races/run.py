"""The run: so many operations from so many threads, then all that is left is done, and the database is asked."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from psycopg import errors
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from core.config import Settings
from core.models import Notification, NotificationState, Profile
from core.rules.errors import DomainError
from core.rules.roles import Role
from core.services.invariants import Broken, broken
from core.uow import SYSTEM, Units
from tasks.delivery import deliver
from tasks.sweep import sweep
from tests.chaos.races.operations import OPERATIONS, Operation, job
from tests.chaos.races.programme import Programme
from tests.support.lock_watch import watched

ROUNDS = 50


@dataclass
class Result:
    """What came of it."""

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    waited_too_long: Counter[str] = field(default_factory=Counter)
    deadlocks: Counter[str] = field(default_factory=Counter)
    failures: list[BaseException] = field(default_factory=list)
    broken: tuple[Broken, ...] = ()
    over_capacity: int = 0
    seen_by_postgres: int = 0
    out_of_order: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def good(self) -> bool:
        """No deadlock and none possible, no failure, and everything that has to hold holds."""
        found = (
            self.deadlocks,
            self.failures,
            self.broken,
            self.over_capacity,
            self.seen_by_postgres,
            self.out_of_order,
        )
        return not any(found)


def run(settings: Settings, units: Units, operations: int, threads: int, seed: int) -> Result:
    """Run it on this database, which is empty."""
    programme, result, begun = Programme(settings, units, seed), Result(), time.monotonic()
    before = _deadlocks(units)
    try:
        with watched(units.engine) as order:
            _in_threads(threads, _player(programme, result, operations))
            _settle(programme)
        result.out_of_order = tuple(order.told())
        with programme.units.read(SYSTEM) as reading:
            result.broken = broken(reading)
            full = (Profile.role == Role.MENTOR, Profile.current_mentees > Profile.max_mentees)
            result.over_capacity = reading.session.scalar(select(func.count()).where(*full)) or 0
    finally:
        programme.close()
    units.engine.dispose()  # a connection tells its figures at its end
    result.seen_by_postgres = _deadlocks(units) - before
    result.seconds = time.monotonic() - begun
    return result


def _player(programme: Programme, result: Result, operations: int) -> Callable[[], None]:
    """What each thread does, until all operations are done."""
    numbers, choices, weights = count(1), list(OPERATIONS), list(OPERATIONS.values())

    def play() -> None:
        while next(numbers) <= operations:
            _try(programme, result, programme.random.choices(choices, weights)[0])

    return play


def _try(programme: Programme, result: Result, operation: Operation) -> None:
    name = operation.__name__
    try:
        operation(programme)
        result.done[name] += 1
    except DomainError as refusal:
        result.refused[refusal.code] += 1
    except ExceptionGroup as group:  # a job of the sweep goes on with the next
        for failure in group.exceptions:
            _note(result, name, failure)
    except Exception as failure:  # noqa: BLE001 - it is what is looked for
        _note(result, name, failure)


def _note(result: Result, name: str, failure: BaseException) -> None:
    origin = failure.orig if isinstance(failure, DBAPIError) else failure
    if isinstance(origin, errors.DeadlockDetected):
        result.deadlocks[name] += 1
        result.failures.append(failure)
    elif isinstance(origin, errors.LockNotAvailable):
        result.waited_too_long[name] += 1
    else:
        failure.add_note(f"while trying to {name}")
        result.failures.append(failure)


def _in_threads(number: int, act: Callable[[], None]) -> None:
    threads = [threading.Thread(target=act, name=f"player {one}") for one in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _settle(programme: Programme) -> None:
    """Do what is due, and what comes of it, until nothing is left."""
    for _ in range(ROUNDS):
        sweep(programme.runtime)
        while not programme.jobs.empty():
            job(programme)
        deliver(programme.runtime)
        if not _due(programme):
            return
        programme.pass_time(timedelta(minutes=1))


def _due(programme: Programme) -> bool:
    states = (NotificationState.PENDING, NotificationState.SENDING)
    due = select(Notification.id).where(Notification.state.in_(states), Notification.not_before <= programme.clock())
    with programme.units.read(SYSTEM) as reading:
        return reading.session.scalar(due.limit(1)) is not None


def _deadlocks(units: Units) -> int:
    """How many PostgreSQL has seen in this database."""
    counted = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
    with units.engine.connect() as connection:
        return connection.scalar(counted) or 0
