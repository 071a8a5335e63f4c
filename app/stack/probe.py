"""Asking a server that has just been started whether it is there yet, without holding up the event loop."""

import asyncio
import http.client
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

Ready = Callable[[], Awaitable[bool]]


async def at_once() -> bool:
    """For a process that nobody waits for."""
    return True


def asking(question: Callable[[], bool]) -> Ready:
    """A question that may block, asked in a thread."""

    async def ask() -> bool:
        return await asyncio.to_thread(question)

    return ask


def get(url: str, patience: float = 5.0) -> tuple[int, str]:
    """Status and body of a page of this machine, never through a proxy; status 0 if nobody answers."""
    place = urlsplit(url)
    link = http.client.HTTPConnection(place.hostname or "127.0.0.1", place.port, timeout=patience)
    try:
        link.request("GET", place.path or "/")
        answer = link.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        link.close()


def answers(url: str) -> Ready:
    """Whether somebody answers there at all."""
    return asking(lambda: get(url)[0] > 0)
