"""The way to the app: requests signed as Slack signs them, which must be answered within three seconds."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlencode

import httpx

from sandbox.store import Json
from sandbox.workspace.state import Workspace

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"
Failure = Literal["dispatch_failed", "operation_timeout"]


@dataclass(frozen=True)
class Answer:
    """How the app answered; `failure` is what the person is told if it did not, or not with success."""

    status: int
    body: str
    failure: Failure | None
    no_retry: bool = False

    def json(self) -> Any:
        """The body as JSON, None if it is empty. Raises `ValueError`."""
        return json.loads(self.body) if self.body.strip() else None


def sign(secret: str, stamp: str, body: bytes) -> str:
    """Slack's signature, version 0: HMAC-SHA256 over version, time and raw body."""
    return "v0=" + hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()


class Wire:
    """Posts to the app. One slow answer holds up nobody else."""

    def __init__(self, workspace: Workspace) -> None:
        self._w = workspace
        # A connection for each request: one kept open would die with every restart of the app.
        self._http = httpx.AsyncClient(
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
            timeout=workspace.settings.answer_within,
            trust_env=False,
        )

    async def command(self, fields: dict[str, str]) -> Answer:
        """Send a slash command."""
        return await self._post(fields["command"], urlencode(fields).encode(), FORM, fields)

    async def interaction(self, payload: Json) -> Answer:
        """Send an interaction: JSON in a form field."""
        raw = urlencode({"payload": json.dumps(payload)}).encode()
        return await self._post(str(payload["type"]), raw, FORM, payload)

    async def event(self, body: Json, retry: int = 0, reason: str = "") -> Answer:
        """Send an event; `retry` counts the tries after the first."""
        again = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason} if retry else {}
        return await self._post(str(body["event"]["type"]), json.dumps(body).encode(), JSON, body, again)

    async def _post(self, name: str, raw: bytes, kind: str, shown: Json, more: dict[str, str] | None = None) -> Answer:
        self._w.save()
        begun, error = time.perf_counter(), None
        try:
            async with asyncio.timeout(self._w.settings.answer_within):
                got = await self._http.post(
                    self._w.settings.request_url, content=raw, headers=self._headers(raw, kind) | (more or {})
                )
            failure: Failure | None = None if got.is_success else "dispatch_failed"
            answer = Answer(got.status_code, got.text, failure, got.headers.get("x-slack-no-retry") == "1")
        except (TimeoutError, httpx.TimeoutException):
            answer = Answer(0, "", "operation_timeout")
        except httpx.HTTPError as failed:
            error = f"{type(failed).__name__}: {failed}"
            answer = Answer(0, "", "dispatch_failed")
        self._w.journal.write(
            "to_app",
            name,
            begun=begun,
            status=answer.status,
            request=shown,
            answer=_readable(answer),
            error=error or answer.failure,
        )
        return answer

    def _headers(self, raw: bytes, kind: str) -> dict[str, str]:
        stamp = str(int(time.time()))
        signature = sign(self._w.settings.signing_secret, stamp, raw)
        return {
            "Content-Type": kind, "User-Agent": AGENT, "Accept": "*/*",
            "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature,
        }  # fmt: skip

    async def close(self) -> None:
        """Drop the connections."""
        await self._http.aclose()


def _readable(answer: Answer) -> Any:
    try:
        return answer.json()
    except ValueError:
        return answer.body
