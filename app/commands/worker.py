"""`./ithaca worker`: runs jobs of some queues, in threads of one process."""

import argparse
import logging
import socket
import warnings
from collections.abc import Mapping
from contextlib import nullcontext

from celery.signals import setup_logging, worker_ready

from app import environment
from app.stack import log
from tasks.app import make
from tasks.runtime import DEFAULT, Rhythm
from tasks.watch import watching

CONCURRENCY = {"matching": 2}
OTHERS = 8
"""Jobs at once: matching computes, the others mostly wait for somebody's answer."""


def run(arguments: argparse.Namespace, environ: Mapping[str, str], rhythm: Rhythm = DEFAULT) -> int:
    """Work until SIGTERM or Ctrl-C, then finish the jobs that were begun."""
    log.configure()
    setup_logging.connect(log.left_alone)
    worker_ready.connect(_say_ready)
    warnings.filterwarnings("ignore", "You're running the worker with superuser privileges")
    queues = arguments.queues.split(",")
    jobs = make(environment.settings(environ), warm="matching" in queues, rhythm=rhythm)
    worker = jobs.Worker(
        hostname=f"{queues[0]}@{socket.gethostname()}",
        queues=queues,
        pool_cls="threads",
        concurrency=max(CONCURRENCY.get(queue, OTHERS) for queue in queues),
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    with watching(jobs.runtime) if "delivery" in queues else nullcontext():
        worker.start()
    return int(worker.exitcode or 0)


def _say_ready(**_: object) -> None:
    logging.getLogger(__name__).info("ready for work")
