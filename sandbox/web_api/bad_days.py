"""What faults that are on do to a call of the Web API: before it is carried out, or after."""

from __future__ import annotations

import asyncio
import math
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from sandbox.errors import SlackError
from sandbox.faults import Call, Faults, Kind
from sandbox.web_api.arguments import Arguments
from sandbox.web_api.rates import RateLimited
from sandbox.workspace.installed_app import BOT_USER
from sandbox.workspace.state import Workspace


def call_of(w: Workspace, method: str, args: Arguments) -> Call:
    """What a call is about: a conversation goes by its id and its name, and brings the people of a private talk."""
    target = args.text("channel")
    users = {args.text("user"), args.text("user_id"), *args.names("users")}
    named = w.conversations.named(target)
    found = named or w.conversations.by_id.get(target)
    if found and found.kind in ("im", "mpim"):
        users |= set(found.members)
    if target in w.people.by_id:
        users.add(target)
    conversations = {found.id, found.name} if found else {target}
    return Call(method, frozenset(conversations - {""}), frozenset(users - {"", BOT_USER}))


async def before(faults: Faults, call: Call) -> None:
    """Hold a call up, or refuse it."""
    slow = faults.strikes(Kind.SLOW, call)
    if slow:
        await asyncio.sleep(slow.seconds)
    if faults.strikes(Kind.REVOKED, call):
        raise SlackError("token_revoked")
    refused = faults.strikes(Kind.ERROR, call)
    if refused:
        raise SlackError(refused.error)
    limited = faults.strikes(Kind.RATE_LIMIT, call)
    if limited:
        raise RateLimited(max(1, math.ceil(limited.seconds)))


def after(faults: Faults, call: Call, request: Request) -> tuple[Response, str] | None:
    """What the app gets in place of the answer to a call that was carried out, and what the inspector says of it."""
    if faults.strikes(Kind.DROPPED, call):
        hang_up(request)
        return Response(), "connection dropped"
    if faults.strikes(Kind.BROKEN, call):
        return PlainTextResponse("upstream connect error or disconnect/reset before headers", 503), "http 503"
    denied = faults.strikes(Kind.ERROR, call, taken=True)
    if denied:
        return JSONResponse(SlackError(denied.error).body), denied.error
    return None


def hang_up(request: Request) -> None:
    """End the connection without a word. ASGI knows no such thing: uvicorn's cycle of the request has the transport."""
    cycle: Any = getattr(request.receive, "__self__", None)
    if cycle is not None:
        cycle.transport.abort()
