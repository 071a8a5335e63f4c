"""HTTP requests to the app's request URL, signed as Slack signs them."""

from __future__ import annotations

import hashlib
import hmac
import time

import httpx

from sandbox.app_requests.transport import Answer, AppUnreachable, Failure, Sent
from sandbox.settings import SandboxSettings

AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"


def sign(secret: str, stamp: str, body: bytes) -> str:
    """Slack's signature, version 0: HMAC-SHA256 over version, time and raw body."""
    return "v0=" + hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()


class ByHttp:
    """Posts to the app."""

    def __init__(self, settings: SandboxSettings) -> None:
        self._settings = settings
        # A connection for each request: one kept open would die with every restart of the app.
        self._http = httpx.AsyncClient(
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
            timeout=settings.answer_within,
            trust_env=False,
        )

    async def carry(self, sent: Sent) -> Answer:
        """Post it."""
        try:
            got = await self._http.post(self._settings.request_url, content=sent.raw, headers=self._headers(sent))
        except httpx.TimeoutException:
            raise TimeoutError from None
        except httpx.HTTPError as failed:
            raise AppUnreachable(f"{type(failed).__name__}: {failed}") from None
        failure: Failure | None = None if got.is_success else "dispatch_failed"
        return Answer(got.status_code, got.text, failure, got.headers.get("x-slack-no-retry") == "1")

    def _headers(self, sent: Sent) -> dict[str, str]:
        stamp = str(int(time.time()))
        again = {"X-Slack-Retry-Num": str(sent.retry), "X-Slack-Retry-Reason": sent.reason} if sent.retry else {}
        return {
            "Content-Type": sent.content_type, "User-Agent": AGENT, "Accept": "*/*",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": sign(self._settings.signing_secret, stamp, sent.raw),
            **again,
        }  # fmt: skip

    async def close(self) -> None:
        """Drop the connections."""
        await self._http.aclose()
