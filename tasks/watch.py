"""A look at the database every second: what comes due, comes due there, and needs no wake-up to go out."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tasks.delivery import deliver
from tasks.runtime import Runtime
from tasks.staff import meet_staff

log = logging.getLogger(__name__)


@contextmanager
def watching(runtime: Runtime) -> Iterator[None]:
    """Deliver what comes due for the length of a block, in a thread."""
    over = threading.Event()
    thread = threading.Thread(target=_watch, args=(runtime, over), name="delivery watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _watch(runtime: Runtime, over: threading.Event) -> None:
    _surely(meet_staff, runtime)
    while not over.wait(runtime.rhythm.look_every.total_seconds()):
        _surely(deliver, runtime)


def _surely(act: Callable[[Runtime], None], runtime: Runtime) -> None:
    """Do it, and whatever comes up, go on: this thread is the only one that looks without being asked."""
    try:
        act(runtime)
    except Exception as error:
        log.exception("%s failed, the next look is in a moment: %s", act.__name__, error.__class__.__name__)
