"""What faults that are on do to a call of the Web API: before it is carried out, or after."""

from __future__ import annotations

import asyncio
import math
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from sandbox.errors import SlackError
from sandbox.faults import Faults, Kind
from sandbox.web_api.rates import RateLimited


async def before(faults: Faults, method: str) -> None:
    """Hold a call up, or refuse it: `token_revoked`, `ratelimited`."""
    slow = faults.meets(Kind.SLOW, method=method)
    if slow:
        await asyncio.sleep(slow.seconds)
    if faults.meets(Kind.REVOKED, method=method):
        raise SlackError("token_revoked")
    limited = faults.meets(Kind.RATE_LIMIT, method=method)
    if limited:
        raise RateLimited(max(1, math.ceil(limited.seconds)))


def after(faults: Faults, method: str, request: Request) -> tuple[Response, str] | None:
    """What the app gets in place of the answer to a call that was carried out, and what the inspector says of it."""
    if faults.meets(Kind.DROPPED, method=method):
        hang_up(request)
        return Response(), "connection dropped"
    if faults.meets(Kind.BROKEN, method=method):
        return PlainTextResponse("upstream connect error or disconnect/reset before headers", 503), "http 503"
    return None


def hang_up(request: Request) -> None:
    """End the connection without a word. ASGI knows no such thing: uvicorn's cycle of the request has the transport."""
    cycle: Any = getattr(request.receive, "__self__", None)
    if cycle is not None:
        cycle.transport.abort()
