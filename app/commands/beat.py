"""`./ithaca beat`: asks for the periodic jobs. They may be asked for twice, or late."""

import argparse
from collections.abc import Mapping

from celery import Celery
from celery.signals import setup_logging

from app import environment
from app.stack import log
from tasks.broker import configured


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Tick until SIGTERM or Ctrl-C."""
    del arguments
    log.configure()
    setup_logging.connect(log.left_alone)
    settings = environment.settings(environ)
    folder = settings.data / "beat"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    configured(Celery("ithaca"), settings).Beat(schedule=str(folder / "schedule"), quiet=True).run()
    return 0
