"""Watches the rule on exposure: no more open offers than twice the free places, at any time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg.errors import LockNotAvailable
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from core.rules.errors import DomainError
from core.services.waves import OutOfDate
from core.uow import SYSTEM, Units

TOO_MANY = text(
    "SELECT p.user_id, p.max_mentees, p.current_mentees, count(o.id) FROM mentorship_profiles p"
    " JOIN match_offers o ON o.mentor_id = p.user_id AND o.state = 'open' WHERE p.role = 'mentor'"
    " GROUP BY 1, 2, 3 HAVING count(o.id) > 2 * (p.max_mentees - p.current_mentees)"
)


@contextmanager
def watched(units: Units) -> Iterator[None]:
    """Looks all the time, and fails if the rule was ever broken in what others can see."""
    over = threading.Event()
    broken: list[object] = []

    def watch() -> None:
        while not over.is_set():
            with units.read(SYSTEM) as reading:
                broken.extend(reading.session.execute(TOO_MANY).all())

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield
    finally:
        over.set()
        watching.join()
    assert broken == []


@contextmanager
def as_things_stand() -> Iterator[None]:
    """Leave what is refused, or waits too long for a lock on a busy machine. A deadlock is neither, and fails."""
    try:
        yield
    except (DomainError, OutOfDate):
        pass
    except OperationalError as error:
        if not isinstance(error.orig, LockNotAvailable):
            raise
