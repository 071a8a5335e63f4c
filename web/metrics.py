"""`/metrics` for Prometheus: what this process did, and how much waits in the database and in the queues."""

import logging
from collections.abc import Iterator

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector
from redis import Redis, RedisError
from sqlalchemy.exc import SQLAlchemyError

from core.config import Settings
from core.queue import Job
from core.rules.scopes import Scope
from core.services.gauges import Gauges, gauges
from core.services.tokens import caller
from core.uow import SYSTEM, Units

log = logging.getLogger(__name__)
QUEUES = sorted({job.queue for job in Job})
HERE = frozenset({"127.0.0.1", "::1"})
BEARER = "Bearer "
PATIENCE = 0.5


class Waiting(Collector):
    """Counted anew at each look. What cannot be asked is left out, so that the rest still tells."""

    def __init__(self, settings: Settings, units: Units) -> None:
        self._units = units
        self._redis = Redis.from_url(
            settings.redis_url, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE, decode_responses=True
        )

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """From the database and from the broker."""
        try:
            with self._units.read(SYSTEM) as reading:
                yield from _families(gauges(reading))
        except SQLAlchemyError as error:
            log.warning("the database did not answer for metrics: %s", error.__class__.__name__)
        waiting = GaugeMetricFamily("ithaca_jobs_waiting", "Wake-ups in a queue of the broker", labels=["queue"])
        try:
            for queue in QUEUES:
                waiting.add_metric([queue], float(self._redis.llen(queue)))
            yield waiting
        except RedisError as error:
            log.warning("the broker did not answer for metrics: %s", error.__class__.__name__)

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing is asked while this is registered."""
        return iter(())


def _families(found: Gauges) -> Iterator[GaugeMetricFamily]:
    requests = GaugeMetricFamily("ithaca_requests_open", "Requests for a mentor, by state", labels=["state"])
    for state, number in found.requests.items():
        requests.add_metric([state], number)
    yield requests
    yield GaugeMetricFamily("ithaca_messages_due", "Messages that are due and not sent", found.messages_due)
    yield GaugeMetricFamily(
        "ithaca_messages_oldest_due_seconds", "For how long the oldest of them has been due", found.oldest_due_seconds
    )
    yield GaugeMetricFamily("ithaca_messages_failed", "Messages that nobody will send again", found.messages_failed)
    yield GaugeMetricFamily("ithaca_offers_open", "Offers that wait for a mentor", found.offers_open)
    yield GaugeMetricFamily("ithaca_matches_running", "Mentorships that run", found.matches_running)
    yield GaugeMetricFamily("ithaca_questions_open", "Quick questions that nobody has claimed", found.questions_open)
    yield GaugeMetricFamily("ithaca_runs_waiting", "Runs that staff wait for", found.runs_waiting)


def router(settings: Settings, units: Units, registry: CollectorRegistry) -> APIRouter:
    """The endpoint. It answers on this machine, and elsewhere to a key with the scope `stats:read`."""
    registry.register(Waiting(settings, units))
    routes = APIRouter()

    @routes.get("/metrics", include_in_schema=False)
    async def metrics(request: Request) -> Response:
        """What Prometheus reads. Nobody's data is in it."""
        if not _is_here(request) and not await run_in_threadpool(_has_key, request, units):
            raise HTTPException(404)
        return Response(await run_in_threadpool(generate_latest, registry), media_type=CONTENT_TYPE_LATEST)

    return routes


def _is_here(request: Request) -> bool:
    """Whether it comes from this machine and no proxy passed it on."""
    return request.client is not None and request.client.host in HERE and "x-forwarded-for" not in request.headers


def _has_key(request: Request, units: Units) -> bool:
    given = request.headers.get("authorization", "")
    if not given.startswith(BEARER):
        return False
    with units.work(SYSTEM) as work:
        known = caller(work, given.removeprefix(BEARER).strip())
        return known is not None and Scope.STATS_READ in known.scopes
