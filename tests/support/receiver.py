"""A tiny app in the place of a real one: it takes Slack's requests, keeps them, and answers as it is told."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

Json = dict[str, Any]
NEVER = threading.Event()
"""A gate that stays shut: no answer before the sandbox gives up."""


@dataclass(frozen=True)
class Received:
    """One request: its name (a command, a kind of interaction or event), and what was in it."""

    name: str
    headers: dict[str, str]
    raw: bytes
    body: Json


@dataclass
class Told:
    """How to answer a kind of request; not before the gate opens, if there is one."""

    body: Json | str = ""
    status: int = 200
    gate: threading.Event | None = None
    headers: dict[str, str] | None = None


class Receiver:
    """Keeps what came. `answers` says how to answer, by name; everything else is acknowledged."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.received: list[Received] = []
        self.answers: dict[str, Told | list[Told]] = {}

    def clear(self) -> None:
        """Forget everything."""
        self.received.clear()
        self.answers.clear()

    def named(self, name: str) -> list[Received]:
        """What came by this name."""
        return [one for one in list(self.received) if one.name == name]

    def last(self, name: str) -> Json:
        """What was in the latest request by this name."""
        return self.named(name)[-1].body

    async def take(self, request: Request) -> Response:
        """Take one request."""
        raw = await request.body()
        one = _read(raw, dict(request.headers))
        self.received.append(one)
        told = self.answers.get(one.name, Told())
        if isinstance(told, list):
            told = told.pop(0) if told else Told()
        while told.gate and not told.gate.is_set() and not await request.is_disconnected():
            await asyncio.sleep(0.005)
        if isinstance(told.body, str):
            return Response(told.body, told.status, told.headers, "text/plain")
        return Response(json.dumps(told.body), told.status, told.headers, "application/json")


def _read(raw: bytes, headers: dict[str, str]) -> Received:
    if headers["content-type"] == "application/json":
        body = json.loads(raw)
        return Received(body["event"]["type"], headers, raw, body)
    form = dict(parse_qsl(raw.decode(), keep_blank_values=True))
    if "payload" in form:
        body = json.loads(form["payload"])
        return Received(body["type"], headers, raw, body)
    return Received(form.get("command", ""), headers, raw, form)


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Run a receiver in a thread, on a free port."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listening:
        receiver = Receiver(f"http://127.0.0.1:{listening.getsockname()[1]}/slack/events")
        with app_served(Starlette(routes=[Route("/slack/events", receiver.take, methods=["POST"])]), listening):
            yield receiver


@contextmanager
def app_served(app: Starlette, listening: socket.socket) -> Iterator[None]:
    """Run any app on this socket, in a thread."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()
