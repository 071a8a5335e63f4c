"""Around every request of the web process: its id, one line in the log, and what Prometheus is told."""

import time
from collections.abc import MutableMapping
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.trace import deeds, following

HEADER = b"x-request-id"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 3.0, 5.0, 10.0)
"""Slack gives up after three."""
UNTOLD = "…"
"""In the place of what no route names: it may be a secret."""
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"
"""In the place of a method that somebody made up: Prometheus keeps a line for each that it was ever told."""


class Observed:
    """Gives each request an id, which its answer names, and counts and times it by route."""

    def __init__(self, app: ASGIApp, registry: CollectorRegistry) -> None:
        self._app = app
        labels = ("method", "route", "status")
        self._count = Counter("ithaca_http_requests", "Requests answered", labels, registry=registry)
        self._time = Histogram(
            "ithaca_http_request_seconds", "Time to the end of the answer", ("method", "route"), buckets=SECONDS,
            registry=registry,
        )  # fmt: skip

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, and note what came of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status, answered = time.perf_counter(), 500, 0.0

        async def noting(message: Message) -> None:
            nonlocal status, answered
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (HEADER, trace.encode())]
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                answered = time.perf_counter()

        with following() as trace:
            try:
                await self._app(scope, receive, noting)
            finally:
                took = (answered or time.perf_counter()) - begun
                method, route = _method_of(scope), route_of(scope)
                self._count.labels(method, route, status).inc()
                self._time.labels(method, route).observe(took)
                deeds.info("%s %s %d in %.0f ms", method, route, status, 1000 * took)


def route_of(scope: MutableMapping[str, Any]) -> str:
    """The route that took a request, without what stood in its place-holders: in paths of links these are secrets.

    Of a path that no route took, no more than whose it would have been: nobody from outside makes up ever new ones.
    """
    route, place = scope.get("route"), scope.get("root_path", "")
    if route is not None and not isinstance(route, Mount):
        return f"{place}{route.path}"
    return f"{place}/{UNTOLD}" if "endpoint" in scope else UNTOLD


def _method_of(scope: MutableMapping[str, Any]) -> str:
    return scope["method"] if scope["method"] in METHODS else OTHER
