"""The way to the app: what Slack sends, which must be answered within three seconds, by HTTP or over a socket."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any
from urllib.parse import urlencode

from sandbox.app_requests.transport import FORM, JSON, Answer, AppUnreachable, Sent, Transport
from sandbox.store import Json
from sandbox.workspace.state import Workspace

ANSWERED = frozenset({"view_submission", "block_suggestion"})
"""Interactions whose acknowledgement may say what comes next; of others it only says that they arrived."""


class Wire:
    """Sends to the app. One slow answer holds up nobody else."""

    def __init__(self, workspace: Workspace, transport: Transport) -> None:
        self._w, self._transport = workspace, transport

    async def command(self, fields: dict[str, str]) -> Answer:
        """Send a slash command."""
        return await self._send(
            Sent(fields["command"], "slash_commands", dict(fields), urlencode(fields).encode(), FORM)
        )

    async def interaction(self, payload: Json) -> Answer:
        """Send an interaction: over HTTP, JSON in a form field."""
        kind = str(payload["type"])
        raw = urlencode({"payload": json.dumps(payload)}).encode()
        return await self._send(Sent(kind, "interactive", payload, raw, FORM, answered=kind in ANSWERED))

    async def event(self, body: Json, retry: int = 0, reason: str = "") -> Answer:
        """Send an event; `retry` counts the tries after the first."""
        raw = json.dumps(body).encode()
        return await self._send(
            Sent(str(body["event"]["type"]), "events_api", body, raw, JSON, answered=False, retry=retry, reason=reason)
        )

    async def _send(self, sent: Sent) -> Answer:
        self._w.save()
        begun, error = time.perf_counter(), None
        try:
            async with asyncio.timeout(self._w.settings.answer_within):
                answer = await self._transport.carry(sent)
        except TimeoutError:
            answer = Answer(0, "", "operation_timeout")
        except AppUnreachable as failed:
            error = str(failed)
            answer = Answer(0, "", "dispatch_failed")
        self._w.journal.write(
            "to_app",
            sent.name,
            begun=begun,
            status=answer.status,
            request=sent.payload,
            answer=_readable(answer),
            error=error or answer.failure,
        )
        return answer


def _readable(answer: Answer) -> Any:
    try:
        return answer.json()
    except ValueError:
        return answer.body
