"""What workers and the clock are compared with: Celery without a task. `… bare worker|beat REDIS_URL FOLDER`."""

import sys
from pathlib import Path

from celery import Celery
from celery.signals import worker_ready

READY = "ready for work"


def main(what: str, broker: str, folder: str) -> None:
    """Run until a signal comes."""
    app = Celery("bare", broker=broker)
    if what == "beat":
        app.Beat(schedule=str(Path(folder) / "schedule"), quiet=True).run()
        return
    worker_ready.connect(say_ready)
    worker = app.Worker(
        queues=["bare"], pool_cls="threads", concurrency=8, quiet=True, without_gossip=True, without_mingle=True
    )
    worker.start()


def say_ready(**_: object) -> None:
    """Let the log tell."""
    sys.stderr.write(f"{READY}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
