"""The HTTP side of the client API: each call as a route, and the stream of changes."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from sandbox.app_requests.events import Events
from sandbox.app_requests.wire import Wire
from sandbox.client_api import looking
from sandbox.client_api.acting import Acting
from sandbox.client_api.asked import Asked
from sandbox.client_api.conditions import Conditions
from sandbox.client_api.living import Living
from sandbox.client_api.mailing import Mailing
from sandbox.errors import ClientError
from sandbox.jumps import Jumps
from sandbox.mail.smtp import MailServer
from sandbox.store import Json
from sandbox.workspace.state import Workspace

KEPT_OPEN_EVERY = 15.0
Call = Callable[[Asked], Awaitable[Json]]


class ClientApi:
    """Answers everything under `/client/`."""

    def __init__(self, workspace: Workspace, wire: Wire, events: Events, jumps: Jumps, mail: MailServer) -> None:
        self._w = workspace
        self._acting, self._living = Acting(workspace, wire), Living(workspace, events)
        self._mailing, self._conditions = Mailing(workspace, mail), Conditions(workspace, jumps)

    def routes(self) -> list[Route]:
        """A route for each call."""
        acting, living, mailing, conditions = self._acting, self._living, self._mailing, self._conditions
        look: dict[str, Call] = {
            **{
                path: partial(call, self._w)
                for path, call in {
                    "boot": looking.boot, "state": looking.state, "messages": looking.messages, "log": looking.log,
                }.items()
            },
            "mailboxes": mailing.mailboxes, "mails": mailing.mails, "mails/{mail}": mailing.mail,
            "clock": conditions.clock, "faults": conditions.faults,
        }  # fmt: skip
        act: dict[str, Call] = {
            "command": acting.command, "action": acting.action, "suggest": acting.suggest,
            "submit": acting.submit, "close": acting.close, "home": living.home, "say": living.say,
            "open": living.open, "read": living.read, "users": living.join,
            "users/{user}/deactivate": living.deactivate,
            "mails/{mail}/read": mailing.read, "mails/{mail}/unsubscribe": mailing.unsubscribe,
            "jump": conditions.jump, "faults": conditions.switch_on, "faults/off": conditions.switch_off,
        }  # fmt: skip
        return [
            Route("/client/stream", self._stream),
            Route("/client/mails/{mail}/attachments/{number:int}", self._attachment),
            *(self._route(path, call, "GET") for path, call in look.items()),
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
            asked = await Asked.read(self._w, request)
            person = asked.text("as") if "@" in asked.text("as") else asked.person["id"]  # or somebody by e-mail only
        except ClientError as error:
            return JSONResponse({"error": error.code, "message": error.message}, error.status)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._changes(person), media_type="text/event-stream", headers=headers)

    async def _attachment(self, request: Request) -> Response:
        """A file that came with a mail, to be saved: never shown as a page of ours."""
        try:
            file = self._mailing.attachment(await Asked.read(self._w, request))
        except ClientError as error:
            return JSONResponse({"error": error.code, "message": error.message}, error.status)
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}"}
        return Response(file.content, headers=headers, media_type="application/octet-stream")

    async def _changes(self, person: str) -> AsyncIterator[str]:
        yield ": open\n\n"
        async for change in self._w.changes.follow(person, KEPT_OPEN_EVERY):
            if change is None:
                yield ": still open\n\n"
            else:
                said = {"what": change.what} | ({"channel": change.channel} if change.channel else {})
                yield f"event: change\ndata: {json.dumps(said)}\n\n"
