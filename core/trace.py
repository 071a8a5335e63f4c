"""An id that follows what somebody did: through the web process, jobs and messages, into every line of their logs.

It is a random text, made where something begins: at a request, an envelope of Slack's, a run of the sweep. Queued jobs
and stored messages carry it on. It says nothing about anybody.
"""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

NONE = "-"
"""Stands in a line that belongs to nothing of that kind."""
_trace: ContextVar[str] = ContextVar("trace", default="")


deeds = logging.getLogger("deeds")
"""What was done, a line each: for the files, not for the terminal."""


def current() -> str:
    """The id of what is going on here; empty where nothing of that kind is."""
    return _trace.get()


@contextmanager
def following(trace: str | None = None) -> Iterator[str]:
    """Go on with this id, or begin with a new one, for the length of a block."""
    trace = trace or secrets.token_hex(6)
    token = _trace.set(trace)
    try:
        yield trace
    finally:
        _trace.reset(token)


def mark(record: logging.LogRecord) -> bool:
    """A filter for log handlers: gives each line the id of what it belongs to."""
    record.trace = current() or NONE
    return True
