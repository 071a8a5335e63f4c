"""Clicks as Slack sends them, so many a second whether or not the ones before were answered."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from math import ceil
from typing import Any
from urllib.parse import urlencode

GIVES_UP = 3.0
"""Seconds after which Slack tells the person that it did not work."""


@dataclass
class Answered:
    """What became of clicks: how long each acknowledgement took, in milliseconds, and how many never came."""

    took: list[float] = field(default_factory=list)
    failed: int = 0

    def percentile(self, share: float) -> float:
        """So many were at most as slow, by the nearest rank; 0 with none."""
        ordered = sorted(self.took)
        return ordered[max(0, ceil(share * len(ordered)) - 1)] if ordered else 0.0


@dataclass(frozen=True)
class Target:
    """An app that takes clicks."""

    port: int
    secret: str

    def request(self, payload: Any) -> bytes:
        """A signed request with this payload."""
        body, stamp = urlencode({"payload": json.dumps(payload)}).encode(), str(int(time.time()))
        signature = hmac.new(self.secret.encode(), b"v0:%s:%s" % (stamp.encode(), body), hashlib.sha256).hexdigest()
        head = (
            f"POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={signature}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


def click(user: str, action: str, value: str, response_url: str) -> dict[str, Any]:
    """A button of a message, pressed by somebody."""
    return {
        "type": "block_actions",
        "user": {"id": user, "username": user, "name": user, "team_id": "T0BENCH"},
        "team": {"id": "T0BENCH", "domain": "bench"},
        "api_app_id": "A0BENCH",
        "token": "none",
        "enterprise": None,
        "is_enterprise_install": False,
        "container": {"type": "message", "message_ts": "1.000000", "channel_id": f"D{user}", "is_ephemeral": False},
        "channel": {"id": f"D{user}", "name": "directmessage"},
        "message": {"ts": "1.000000", "text": "A card.", "blocks": []},
        "state": {"values": {}},
        "trigger_id": "1.1.bench",
        "response_url": response_url,
        "actions": [{"type": "button", "block_id": "b", "action_id": action, "value": value, "action_ts": "1.0"}],
    }


class Clicker:
    """Sends clicks to one target over connections that stay open for a while."""

    def __init__(self, target: Target, payloads: Callable[[int], Any]) -> None:
        self._target, self._payloads, self._numbers = target, payloads, count()
        self._free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self.answered = Answered()

    async def send(self, rate: float, seconds: float) -> None:
        """Click so often for so long, wait for the last acknowledgement, and hang up."""
        loop, clicks = asyncio.get_running_loop(), []
        begun = loop.time()
        for number in range(round(rate * seconds)):
            await asyncio.sleep(max(0.0, begun + number / rate - loop.time()))
            clicks.append(asyncio.create_task(self._click()))
        await asyncio.gather(*clicks)
        while self._free:
            self._free.pop()[1].close()

    async def _click(self) -> None:
        loop, request = asyncio.get_running_loop(), self._target.request(self._payloads(next(self._numbers)))
        begun = loop.time()
        try:
            status = await asyncio.wait_for(self._exchange(request), GIVES_UP)
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            status = 0
        if status == 200:
            self.answered.took.append(1000 * (loop.time() - begun))
        else:
            self.answered.failed += 1

    async def _exchange(self, request: bytes) -> int:
        reader, writer = self._free.pop() if self._free else await self._connect()
        writer.write(request)
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        await reader.readexactly(_length(head.split("\r\n")))
        self._free.append((reader, writer))
        return int(head.split()[1])

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self._target.port)


def _length(lines: Sequence[str]) -> int:
    return next((int(line.partition(":")[2]) for line in lines if line.startswith("content-length:")), 0)
