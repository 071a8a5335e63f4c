"""How much of the process the API may take: some requests at once, and so many a minute for each key."""

import asyncio
import time
from collections.abc import Callable

import redis
from redis.exceptions import RedisError
from starlette.types import ASGIApp, Receive, Scope, Send

A_MINUTE = 600
WINDOW = 60
AT_ONCE = 8
"""Requests served at the same moment; more wait, so that a crowd here leaves threads and connections to Slack."""

FAST = 0.5


class Bounded:
    """Lets a few requests into the application at a time."""

    def __init__(self, app: ASGIApp, most: int = AT_ONCE) -> None:
        self._app, self._turns = app, asyncio.Semaphore(most)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wait for a turn, then pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        async with self._turns:
            await self._app(scope, receive, send)


class Meter:
    """Counts the requests of each key in the present minute, for all web processes together, in Redis.

    Without Redis nothing is refused: what is lost is a limit, not the service.
    """

    def __init__(self, redis_url: str, most: int = A_MINUTE, clock: Callable[[], float] = time.time) -> None:
        self._redis = redis.Redis.from_url(redis_url, socket_timeout=FAST, socket_connect_timeout=FAST)
        self._most, self._clock = most, clock

    def seconds_to_wait(self, key: str) -> int:
        """Note one more request of this key. 0 if it may go on, else in how many seconds it may come again."""
        now = self._clock()
        window = int(now // WINDOW)
        name = f"api/{key}/{window}"
        try:
            with self._redis.pipeline(transaction=True) as pipe:
                pipe.incr(name)
                pipe.expire(name, 2 * WINDOW)
                count, _ = pipe.execute()
        except RedisError:
            return 0
        return 0 if int(count) <= self._most else max(1, round((window + 1) * WINDOW - now))
