"""`./ithaca socket`: takes Slack's requests over sockets that it opens itself (Socket Mode), in place of HTTP."""

import argparse
import logging
import signal
import threading
from collections.abc import Mapping

from app import environment
from app.errors import CommandError
from app.stack import log as logs
from app.web import POOL
from bot.app import make_app
from bot.context import Bot
from bot.doorway import once_a_day
from bot.gateway import Gateway
from bot.socket_mode import Socket
from core.queue import CeleryQueue, producer
from core.uow import units_of

log = logging.getLogger(__name__)


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Serve until SIGTERM or Ctrl-C, then finish what was taken in."""
    logs.configure()
    settings = environment.settings(environ)
    if not settings.slack_app_token.get_secret_value():
        raise CommandError(
            "SLACK_APP_TOKEN is missing: make an app-level token with the scope connections:write, and set it."
        )
    asked = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: asked.set())
    units = units_of(settings, CeleryQueue(producer(settings.redis_url)), pool_size=POOL)
    app = make_app(Bot(settings, units, Gateway(settings)), once_a_day(settings.redis_url))
    socket = Socket(app, settings)
    socket.client.connect()
    log.info("connected to Slack")
    if arguments.ready:
        arguments.ready.touch()
    asked.wait()
    socket.client.close()
    units.engine.dispose()
    return 0
