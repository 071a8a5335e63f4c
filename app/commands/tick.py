"""`./ithaca tick`: what falls due, done at once as if it were another time, or only rehearsed."""

import argparse
import logging
import sys
from collections.abc import Iterable, Mapping

from app import environment
from app.errors import CommandError
from app.stack import log
from core.clock import AheadClock
from core.config import Settings
from core.queue import Unheard
from core.uow import units_of
from embeddings.encoder import load
from embeddings.vectors import Encoder
from tasks.runtime import matcher_of
from tasks.tick.report import Report, shown
from tasks.tick.running import rehearse, tick
from tasks.tick.ticking import Moment, moments


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Print what is done, moment by moment. Returns 1 if something failed."""
    log.configure(logging.WARNING)
    settings = environment.settings(environ)
    units = units_of(settings, Unheard())
    start = arguments.at or units.clock()
    end = arguments.to or start
    if end < start:
        raise CommandError(f"{shown(end)} lies before {shown(start)}: time goes forward only.")
    wanted = list(moments(start, end, arguments.step))
    report = Report(units)
    try:
        if arguments.dry_run:
            sys.stdout.write("A rehearsal: nothing is sent, and nothing is kept.\n")
            return told(report, rehearse(settings, units, wanted, lambda: _encoder(settings)))
        clock = units.clock if arguments.to and isinstance(units.clock, AheadClock) else None
        return told(report, tick(settings, units, wanted, matcher_of(settings), stack_clock=clock))
    finally:
        units.engine.dispose()


def told(report: Report, done: Iterable[Moment]) -> int:
    """Print each moment as soon as it is over, and a last line. Returns the exit code."""
    said, failed = False, False
    for moment in done:
        for line in report.lines(moment):
            sys.stdout.write(f"{line}\n")
            said = True
        sys.stdout.flush()
        failed = failed or bool(moment.failures)
    if not said:
        sys.stdout.write("Nothing falls due.\n")
    return 1 if failed else 0


def _encoder(settings: Settings) -> Encoder:
    return load(settings.model_before or settings.model)
