"""Socket Mode: the app opens WebSockets to Slack, and each request comes as an envelope over one of them.

An envelope is acknowledged over the socket by its id, with what the app has to say in the acknowledgement's payload.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.app_requests.transport import Answer, AppUnreachable, Sent
from sandbox.store import Json
from sandbox.workspace.installed_app import APP
from sandbox.workspace.tickets import Tickets

GOING_AWAY, REFUSED = 1001, 1008
HELD = 3600
"""Seconds that a connection is told it will last, about."""


class BySocket:
    """The app's connections. An envelope goes over one of them, by turns, and never over all."""

    def __init__(self, tickets: Tickets) -> None:
        self._tickets = tickets
        self._open: list[WebSocket] = []
        self._waiting: dict[str, asyncio.Future[Json]] = {}

    async def connect(self, socket: WebSocket) -> None:
        """The endpoint behind the address that `apps.connections.open` gave."""
        if not self._tickets.take(socket.query_params.get("ticket", "")):
            await socket.close(REFUSED)
            return
        await socket.accept()
        self._open.append(socket)
        try:
            await socket.send_json(self._hello())
            while True:
                self._acknowledged(await socket.receive_text())
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            if socket in self._open:
                self._open.remove(socket)

    async def carry(self, sent: Sent) -> Answer:
        """Send an envelope, and wait for its acknowledgement."""
        if not self._open:
            raise AppUnreachable("the app has no socket open")
        socket = self._open.pop(0)
        self._open.append(socket)
        envelope = _envelope(sent)
        waiting = self._waiting[envelope["envelope_id"]] = asyncio.get_running_loop().create_future()
        try:
            await socket.send_json(envelope)
            said = await waiting
        except (WebSocketDisconnect, RuntimeError) as error:
            raise AppUnreachable(f"the socket closed: {error}") from None
        finally:
            del self._waiting[envelope["envelope_id"]]
        return Answer(200, json.dumps(said) if sent.answered and said else "", None)

    def _acknowledged(self, raw: str) -> None:
        """Take an acknowledgement; what is none, and one that nobody waits for any more, is passed over."""
        with contextlib.suppress(ValueError):
            said: Any = json.loads(raw)
            waiting = self._waiting.get(str(said.get("envelope_id"))) if isinstance(said, dict) else None
            if waiting and not waiting.done():
                waiting.set_result(said.get("payload") or {})

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._open),
            "connection_info": {"app_id": APP},
            "debug_info": {"host": "sandbox", "approximate_connection_time": HELD},
        }

    async def refresh(self) -> None:
        """Ask the app for new connections, as Slack does about once an hour."""
        for socket in list(self._open):
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested", "debug_info": {}})

    async def close(self) -> None:
        """End the connections."""
        for socket in list(self._open):
            with contextlib.suppress(RuntimeError):
                await socket.close(GOING_AWAY)


def _envelope(sent: Sent) -> Json:
    again = {"retry_attempt": sent.retry, "retry_reason": sent.reason} if sent.kind == "events_api" else {}
    return {
        "envelope_id": secrets.token_hex(16),
        "type": sent.kind,
        "payload": sent.payload,
        "accepts_response_payload": sent.answered,
        **again,
    }
