"""Slack's rate limits: each key may be used in a short burst, then at a steady pace."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from sandbox.errors import SlackError
from sandbox.web_api.arguments import Arguments
from sandbox.web_api.methods import Method

POSTS_AT_ONCE, POSTS_PER_SECOND = 10.0, 1.0
"""A channel takes one message a second; what comes faster for a moment is let through."""


class RateLimited(SlackError):
    """Too many calls; worth another try after so many seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


@dataclass
class _Bucket:
    """Calls that may be made now; it fills at a steady pace up to its size."""

    left: float
    at: float


class RateLimits:
    """Counts calls by method, and messages by channel."""

    def __init__(self, *, enforced: bool) -> None:
        self._enforced = enforced
        self._buckets: dict[str, _Bucket] = {}

    def take(self, name: str, method: Method, args: Arguments) -> None:
        """Count a call, or raise `RateLimited`."""
        if not self._enforced:
            return
        self._draw(name, method.per_minute, method.per_minute / 60)
        if name == "chat.postMessage":
            self._draw(f"{name} {args.text('channel')}", POSTS_AT_ONCE, POSTS_PER_SECOND)

    def _draw(self, key: str, size: float, per_second: float) -> None:
        now = time.monotonic()
        bucket = self._buckets.setdefault(key, _Bucket(size, now))
        bucket.left = min(size, bucket.left + (now - bucket.at) * per_second)
        bucket.at = now
        if bucket.left < 1:
            raise RateLimited(math.ceil((1 - bucket.left) / per_second))
        bucket.left -= 1
