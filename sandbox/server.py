"""The sandbox as a web application, and as a process."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from sandbox.app_requests.by_http import ByHttp
from sandbox.app_requests.by_socket import BySocket
from sandbox.app_requests.events import Events
from sandbox.app_requests.transport import Transport
from sandbox.app_requests.wire import Wire
from sandbox.client_api.endpoint import ClientApi
from sandbox.jumps import Jumps
from sandbox.mail.smtp import MailServer
from sandbox.settings import SandboxSettings
from sandbox.web_api.endpoint import WebApi
from sandbox.web_api.responses import Responses
from sandbox.web_api.workspace_methods import SOCKETS
from sandbox.workspace.state import Workspace

STATIC = Path(__file__).parent / "static"
ASK_AGAIN = {"Cache-Control": "no-cache"}


def create(settings: SandboxSettings) -> Starlette:
    """The application, with the workspace as the data folder has it. It belongs on one event loop."""
    workspace = Workspace(settings)
    sockets = BySocket(workspace.tickets)
    transport: Transport = sockets if workspace.app.socket_mode else ByHttp(settings)
    wire = Wire(workspace, transport)
    events = Events(workspace, wire)
    jumps, mail = Jumps(settings, workspace.clock, workspace.changes), MailServer(workspace)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:  # noqa: ARG001 -- Starlette passes it
        await mail.open()
        yield
        mail.close()
        await jumps.close()
        await events.close()
        await transport.close()
        workspace.close()

    app = Starlette(
        routes=[
            Route("/", _page),
            Mount("/static", Static(directory=STATIC, check_dir=False)),
            Route("/api/{method}", WebApi(workspace).call, methods=["GET", "POST"]),
            WebSocketRoute(SOCKETS, sockets.connect),
            Route("/response/{secret}", Responses(workspace).answer, methods=["POST"]),
            *ClientApi(workspace, wire, events, jumps, mail).routes(),
        ],
        lifespan=lifespan,
    )
    app.state.workspace = workspace
    return app


async def _page(request: Request) -> Response:  # noqa: ARG001 -- Starlette passes it
    return FileResponse(STATIC / "index.html", headers=ASK_AGAIN)


class Static(StaticFiles):
    """The page's parts, each asked for again at every visit: an old one beside a new one would not fit."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """A file, or the news that the browser has it already."""
        answer = super().file_response(*args, **kwargs)
        answer.headers.update(ASK_AGAIN)
        return answer


class SandboxServer(uvicorn.Server):
    """The sandbox's web server. It listens on loopback alone: whoever reaches it may act as anybody."""

    def __init__(self, settings: SandboxSettings) -> None:
        app = create(settings)
        self._workspace: Workspace = app.state.workspace
        super().__init__(
            uvicorn.Config(
                app,
                host="127.0.0.1",
                port=settings.port,
                log_level="error",
                access_log=False,
                lifespan="on",
                timeout_graceful_shutdown=3,
            )
        )

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop on a signal, and end the streams, which would otherwise wait until the pages leave."""
        super().handle_exit(sig, frame)
        self._workspace.changes.close()


def serve(settings: SandboxSettings) -> None:
    """Run the sandbox until SIGINT or SIGTERM."""
    server = SandboxServer(settings)
    # uvicorn stops by itself, then raises the signal again for whoever handled it before: nobody has to.
    before = {sig: signal.signal(sig, signal.SIG_IGN) for sig in (signal.SIGINT, signal.SIGTERM)}
    try:
        server.run()
    finally:
        for sig, handler in before.items():
            signal.signal(sig, handler)
