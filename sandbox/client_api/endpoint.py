"""The HTTP side of the client API: each call as a route, and the stream of changes."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from sandbox.app_requests.events import Events
from sandbox.app_requests.wire import Wire
from sandbox.client_api import looking
from sandbox.client_api.acting import Acting
from sandbox.client_api.asked import Asked
from sandbox.client_api.living import Living
from sandbox.errors import ClientError
from sandbox.store import Json
from sandbox.workspace.state import Workspace

KEPT_OPEN_EVERY = 15.0
Call = Callable[[Asked], Awaitable[Json]]


class ClientApi:
    """Answers everything under `/client/`."""

    def __init__(self, workspace: Workspace, wire: Wire, events: Events) -> None:
        self._w = workspace
        self._acting, self._living = Acting(workspace, wire), Living(workspace, events)

    def routes(self) -> list[Route]:
        """A route for each call."""
        look = {
            "boot": looking.boot,
            "state": looking.state,
            "messages": looking.messages,
            "log": looking.log,
        }
        acting, living = self._acting, self._living
        act: dict[str, Call] = {
            "command": acting.command, "action": acting.action, "suggest": acting.suggest,
            "submit": acting.submit, "close": acting.close, "home": living.home, "say": living.say,
            "open": living.open, "read": living.read, "users": living.join,
            "users/{user}/deactivate": living.deactivate,
        }  # fmt: skip
        return [
            Route("/client/stream", self._stream),
            *(self._route(path, partial(call, self._w), "GET") for path, call in look.items()),
            *(self._route(path, call, "POST") for path, call in act.items()),
        ]

    def _route(self, path: str, call: Call, method: str) -> Route:
        async def answer(request: Request) -> Response:
            try:
                body, status = await call(await Asked.read(self._w, request)), 200
            except ClientError as error:
                body, status = {"error": error.code, "message": error.message}, error.status
            self._w.save()
            return JSONResponse(body, status)

        return Route(f"/client/{path}", answer, methods=[method])

    async def _stream(self, request: Request) -> Response:
        try:
            person = (await Asked.read(self._w, request)).person["id"]
        except ClientError as error:
            return JSONResponse({"error": error.code, "message": error.message}, error.status)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._changes(person), media_type="text/event-stream", headers=headers)

    async def _changes(self, person: str) -> AsyncIterator[str]:
        yield ": open\n\n"
        async for change in self._w.changes.follow(person, KEPT_OPEN_EVERY):
            if change is None:
                yield ": still open\n\n"
            else:
                said = {"what": change.what} | ({"channel": change.channel} if change.channel else {})
                yield f"event: change\ndata: {json.dumps(said)}\n\n"
