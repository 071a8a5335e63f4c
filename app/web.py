"""The web process: Slack's requests, the pages behind links in mails, and whether we are well.

It never loads the model.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI, Response
from fastapi.concurrency import run_in_threadpool
from prometheus_client import CollectorRegistry
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.app import make_app
from bot.context import Bot
from bot.doorway import once_a_day, router
from bot.gateway import Failure, Gateway
from core.config import Settings
from core.queue import CeleryQueue, producer
from core.uow import SYSTEM, Units, units_of
from web.actions.router import router as pages
from web.admin.site import mount as mount_admin
from web.api.app import PATH, make_api
from web.headers import Guarded
from web.metrics import router as metrics
from web.observed import Observed

log = logging.getLogger(__name__)
POOL = 40  # listeners, suggestions, and pages behind links


def create_app(settings: Settings, units: Units | None = None) -> FastAPI:
    """The application with everything wired; `units` stand in for those of the settings."""
    units = units or units_of(settings, CeleryQueue(producer(settings.redis_url)), pool_size=POOL)
    bot = Bot(settings, units, Gateway(settings))
    app = FastAPI(title="Ithaca", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_lifespan(bot))
    slack = make_app(bot, once_a_day(settings.redis_url))
    app.include_router(router(slack, settings.slack_signing_secret.get_secret_value()))
    app.include_router(pages(settings, units))
    app.mount(PATH, make_api(settings, units))
    registry = CollectorRegistry()
    app.include_router(metrics(settings, units, registry))
    app.add_middleware(Observed, registry=registry)
    app.add_middleware(Guarded, https=settings.by_https)

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        """Alive."""
        return {"status": "ok"}

    @app.get("/readyz")
    def readyz(response: Response) -> dict[str, str]:
        """200 once a click would work: the database is migrated and Slack knows us."""
        found = {"database": _database(units), "slack": _slack(bot)}
        if any(state != "ok" for state in found.values()):
            response.status_code = 503
        return found

    mount_admin(app, settings, units)
    return app


def _lifespan(bot: Bot) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        """Get to know Slack before the first click, without holding up the start."""
        greeting = asyncio.create_task(run_in_threadpool(_slack, bot))
        yield
        greeting.cancel()

    return lifespan


def _database(units: Units) -> str:
    try:
        with units.read(SYSTEM) as reading:
            reading.session.execute(text("SELECT FROM users LIMIT 1"))
    except SQLAlchemyError as error:
        log.warning("the database is not ready: %s", error.__class__.__name__)
        return "not reachable, or not migrated: run ./ithaca migrate"
    return "ok"


def _slack(bot: Bot) -> str:
    try:
        log.debug("in Slack we are %s", bot.identity.user_id)
    except Failure as failure:
        return f"Slack answers {failure.code}"
    return "ok"
