"""`./ithaca doctor`: what the service needs, looked at one after the other, and what to do if something is missing."""

import argparse
import sys
from collections.abc import Iterator, Mapping

from app import environment
from app.doctor import database, others
from app.doctor.finding import Finding, Verdict
from bot.context import Bot
from bot.gateway import Gateway
from core.config import Settings
from core.queue import Unheard
from core.uow import units_of

WIDTH = 14


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Print a line for each look. Returns 1 if something does not work."""
    settings = environment.settings(environ)
    verdicts = set()
    for found in _data(settings) if arguments.data else _everything(settings):
        verdicts.add(found.verdict)
        sys.stdout.write(f"{found.verdict.value:<7} {found.what:<{WIDTH}} {found.says}\n")
        if found.do:
            sys.stdout.write(f"{'':<{7 + WIDTH + 2}}{found.do}\n")
        sys.stdout.flush()
    return 1 if Verdict.FAILED in verdicts else 0


def _everything(settings: Settings) -> Iterator[Finding]:
    units = units_of(settings, Unheard(), pool_size=2)
    try:
        yield from database.database(settings)
        yield from others.broker(settings)
        yield from others.web(settings)
        yield from others.slack(Bot(settings, units, Gateway(settings)))
        yield from others.mail(settings)
        yield from others.model(settings)
    finally:
        units.engine.dispose()


def _data(settings: Settings) -> Iterator[Finding]:
    units = units_of(settings, Unheard(), pool_size=2)
    try:
        yield from database.data(units)
    finally:
        units.engine.dispose()
